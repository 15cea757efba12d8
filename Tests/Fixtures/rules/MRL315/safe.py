"""HTML that is escaped."""
import jinja2
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, select_autoescape

app = FastAPI()
templates = Jinja2Templates(directory="templates")
pages = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape(["html"]))
always = jinja2.Environment(autoescape=True)


class Environment2(dict):
    """Settings of a deployment."""


deployment = Environment2(autoescape=False)


@app.get("/hello/{name}", response_class=HTMLResponse)
def hello(name: str) -> str:
    return pages.get_template("hello.html").render(name=name)
