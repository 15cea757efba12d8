"""HTML that is not escaped."""
import jinja2
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader
from jinja2 import Environment as Jinja

app = FastAPI()
ESCAPE = False

pages = Environment(loader=FileSystemLoader("templates"), autoescape=False)  # expect: MRL315
default = Jinja(loader=FileSystemLoader("templates"))  # expect: MRL315
by_constant = jinja2.Environment(autoescape=ESCAPE)  # expect: MRL315
sandboxed = jinja2.sandbox.SandboxedEnvironment()  # expect: MRL315


@app.get("/hello/{name}", response_class=HTMLResponse)
def hello(name: str) -> str:
    return pages.get_template("hello.html").render(name=name)


@app.get("/bye/{name}", response_class=HTMLResponse)
def bye(name: str) -> HTMLResponse:
    return HTMLResponse(jinja2.Template("<p>Bye {{ name }}</p>").render(name=name))  # expect: MRL315
