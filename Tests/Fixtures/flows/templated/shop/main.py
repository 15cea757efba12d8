"""Handlers that put what they are sent into templates, and the place in the template where that does harm."""

import html
from typing import Annotated

import markupsafe
from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader
from pydantic import BaseModel

from shop.engine import Renderer, always, over, page, plain, render, selected, templates

app = FastAPI()
elsewhere = Jinja2Templates(directory="admin/pages")
renderer = Renderer()
local = plain.get_template("bare.html")


class Note(BaseModel):
    text: str
    label: str
    count: int


# flow: shop/pages/marked.html:2 name
@app.get("/marked")
def marked(request: Request, name: str):
    return templates.TemplateResponse(request, "marked.html", {"name": name})


# safe
@app.get("/plain")
def plain_page(request: Request, name: str):
    return templates.TemplateResponse(request, "bare.html", {"name": name})


# safe
@app.get("/other-variable")
def other_variable(request: Request, name: str):
    return templates.TemplateResponse(request, "marked.html", {"name": "fixed", "title": name})


# safe
@app.get("/escaped")
def escaped(request: Request, name: str):
    return templates.TemplateResponse(request, "marked.html", {"name": html.escape(name)})


# safe
@app.get("/number")
def number(request: Request, name: int):
    return templates.TemplateResponse(request, "marked.html", {"name": name})


# flow: shop/pages/marked.html:2 name
@app.get("/old")
def old(request: Request, name: str):
    return templates.TemplateResponse("marked.html", {"request": request, "name": name})


# flow: shop/pages/marked.html:2 name
@app.get("/keywords")
def keywords(request: Request, name: str):
    return templates.TemplateResponse(request=request, name="marked.html", context={"name": name})


# flow: shop/pages/marked.html:2 name
@app.get("/old-keywords")
def old_keywords(request: Request, name: str):
    return templates.TemplateResponse(name="marked.html", context=dict(request=request, name=name))


# flow: shop/pages/marked.html:2 name
@app.get("/filled")
def filled(request: Request, name: str):
    context = {"request": request}
    context["name"] = name.strip()
    return templates.TemplateResponse(request, "marked.html", context, status_code=200)


# flow: shop/pages/marked.html:2 name
@app.get("/wrapper")
def wrapper(request: Request, name: str):
    return render(request, "marked.html", {"name": name})


# flow: shop/pages/marked.html:2 q
@app.get("/wrapper-keywords")
def wrapper_keywords(request: Request, q: str):
    return render(request, "marked.html", name=q)


# safe
@app.get("/wrapper-bare")
def wrapper_bare(request: Request, q: str):
    return render(request, "bare.html", {"name": q})


# flow: shop/pages/marked.html:2 q
@app.get("/wrapper-two")
def wrapper_two(request: Request, q: str):
    return page(request, q)


# flow: admin/pages/marked.html:1 q
@app.get("/method")
def method(request: Request, q: str):
    return renderer.show(request, "marked.html", {"admin": q})


# flow: admin/pages/marked.html:1 name
@app.get("/elsewhere")
def other_folder(request: Request, name: str):
    return elsewhere.TemplateResponse(request, "marked.html", {"admin": name})


# safe
@app.get("/elsewhere-safe")
def other_folder_safe(request: Request, name: str):
    return elsewhere.TemplateResponse(request, "marked.html", {"name": name})


# flow: shop/pages/note.html:3 note.text
@app.post("/note")
def note(request: Request, note: Note):
    return templates.TemplateResponse(request, "note.html", {"note": note})


# safe
@app.post("/note-number")
def note_number(request: Request, note: Note):
    return templates.TemplateResponse(request, "note.html", {"note": {"text": note.count, "label": note.label}})


# flow: shop/pages/loop.html:1 first
@app.get("/loop")
def loop(request: Request, first: str):
    return templates.TemplateResponse(request, "loop.html", {"rows": [{"text": first}, {"text": "b"}]})


# safe
@app.get("/loop-safe")
def loop_safe(request: Request, first: str):
    return templates.TemplateResponse(request, "loop.html", {"rows": [{"label": first, "text": "b"}]})


# flow: shop/pages/script.html:2 q
@app.get("/script")
def script(request: Request, q: str):
    return templates.TemplateResponse(request, "script.html", {"code": q})


# safe
@app.get("/script-json")
def script_json(request: Request, q: str):
    return templates.TemplateResponse(request, "script.html", {"json": q})


# flow: shop/pages/attributes.html:1 q
@app.get("/unquoted")
def unquoted(request: Request, q: str):
    return templates.TemplateResponse(request, "attributes.html", {"bare": q})


# flow: shop/pages/attributes.html:2 q
@app.get("/address")
def address(request: Request, q: str):
    return templates.TemplateResponse(request, "attributes.html", {"url": q})


# safe
@app.get("/own-address")
def own_address(request: Request, q: str):
    return templates.TemplateResponse(request, "attributes.html", {"url": f"/items/{q}"})


# flow: shop/pages/script.html:2 q
@app.get("/script-escaped")
def script_escaped(request: Request, q: str):
    return templates.TemplateResponse(request, "script.html", {"code": html.escape(q)})


# safe
@app.get("/quoted")
def quoted(request: Request, q: str):
    return templates.TemplateResponse(request, "attributes.html", {"quoted": q, "segment": q})


# flow: shop/pages/off.html:1 q
@app.get("/off")
def off(request: Request, q: str):
    return templates.TemplateResponse(request, "off.html", {"off": q})


# safe
@app.get("/off-escaped")
def off_escaped(request: Request, q: str):
    return templates.TemplateResponse(request, "off.html", {"escaped": q, "on": q})


# flow: shop/pages/part.html:1 q
@app.get("/include")
def include(request: Request, q: str):
    return templates.TemplateResponse(request, "frame.html", {"part": q})


# flow: shop/pages/macros.html:1 q
@app.get("/macro")
def macro(request: Request, q: str):
    return templates.TemplateResponse(request, "frame.html", {"field": q})


# flow: shop/pages/base.html:3 q
@app.get("/base")
def base(request: Request, q: str):
    return templates.TemplateResponse(request, "frame.html", {"foot": q})


# safe
@app.get("/frame")
def frame(request: Request, q: str):
    return templates.TemplateResponse(request, "frame.html", {"title": q, "lost": q, "quiet": q})


# flow: shop/pages/request.html:1 q
@app.get("/request")
def from_request(request: Request):
    return templates.TemplateResponse(request, "request.html")


# flow: shop/pages/page.jinja2:1 q
@app.get("/extension")
def extension(request: Request, q: str):
    return templates.TemplateResponse(request, "page.jinja2", {"name": q})


# safe
@app.get("/text")
def text(request: Request, q: str):
    return templates.TemplateResponse(request, "page.jinja2", {"name": q}, media_type="text/plain")


# flow: shop/pages/bare.html:1 q
@app.get("/environment")
def environment(q: str):
    return HTMLResponse(plain.get_template("bare.html").render(name=q))


# flow: shop/pages/bare.html:1 q
@app.get("/module-template")
async def module_template(q: str):
    return HTMLResponse(await local.render_async({"name": q}))


# flow: shop/pages/bare.html:1 q
@app.get("/own-environment")
def own_environment(q: str):
    env = Environment(loader=FileSystemLoader("shop/pages"), autoescape=False)
    template = env.get_template("bare.html")
    content = template.render(**{"name": q})
    return HTMLResponse(content)


# flow: shop/pages/bare.html:1 q
@app.get("/over")
def over_environment(request: Request, q: str):
    return over.TemplateResponse(request, "bare.html", {"name": q})


# safe
@app.get("/selected")
def select(q: str):
    return HTMLResponse(selected.get_template("page.j2").render(name=q))


# safe
@app.get("/always")
def mail(q: str):
    return HTMLResponse(always.get_template("mail.html").render(name=q))


# safe
@app.get("/prompt")
def prompt(q: str):
    return {"prompt": plain.get_template("prompt.txt").render(name=q)}


# flow: shop/pages/marked.html:2 q
@app.get("/markup")
def form(request: Request, q: Annotated[str, Form()]):
    return templates.TemplateResponse(request, "marked.html", {"name": f"<b>{q}</b>"})


# safe
@app.get("/markup-escaped")
def form_escaped(request: Request, q: Annotated[str, Form()]):
    return templates.TemplateResponse(request, "marked.html", {"name": markupsafe.escape(q)})


# safe
@app.get("/unknown")
def unknown(request: Request, q: str):
    return templates.TemplateResponse(request, "nowhere.html", {"name": q})


def view(request: Request, text: str):
    return {"request": request, "name": text, "title": "Shop"}


# flow: shop/pages/marked.html:2 q
@app.get("/helper")
def helper(request: Request, q: str):
    return templates.TemplateResponse(request, "marked.html", view(request, q))


# safe
@app.get("/helper-bare")
def helper_bare(request: Request, q: str):
    return templates.TemplateResponse(request, "bare.html", view(request, q))


# flow: shop/pages/marked.html:2 q
@app.get("/updated")
def updated(request: Request, q: str):
    context = {"title": "Shop"}
    context.update({"name": q})
    return templates.TemplateResponse(request, "marked.html", context | {"request": request})


# safe
@app.get("/updated-bare")
def updated_bare(request: Request, q: str):
    context = {"name": "fixed"}
    context.update(title=q)
    return templates.TemplateResponse(request, "marked.html", context)


# flow: shop/pages/marked.html:2 q
@app.get("/either")
def either(request: Request, q: str, wide: bool):
    name = "marked.html" if wide else "bare.html"
    return templates.TemplateResponse(request, name, {"name": q})


# safe
@app.get("/either-bare")
def either_bare(request: Request, q: str, wide: bool):
    name = "loop.html" if wide else "bare.html"
    return templates.TemplateResponse(request, name, {"name": q})
