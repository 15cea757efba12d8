"""Checks that hold, checks that can be passed, and none at all. The comment above a handler says what is to be found:
`# flow: SINK`, `# flow: SINK flawed` or `# safe`."""

import os
import re
import uuid
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlparse

import httpx
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse, RedirectResponse

app = FastAPI()
BASE = Path("/srv/data").resolve()
FOLDER = "/srv/data"
HOSTS = {"api.example.com", "status.example.com"}
NAMES = ["a.txt", "b.txt"]


class Kind(str, Enum):
    first = "first"
    second = "second"


# safe
@app.get("/1")
def resolved_and_relative(name: str):
    path = (BASE / name).resolve()
    if not path.is_relative_to(BASE):
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead flawed
@app.get("/2")
def relative_without_resolve(name: str):
    path = BASE / name
    if not path.is_relative_to(BASE):
        raise HTTPException(404)
    return FileResponse(path)


# safe
@app.get("/3")
def inside_the_branch(name: str):
    path = (BASE / name).resolve()
    if path.is_relative_to(BASE):
        return FileResponse(path)
    return None


# safe
@app.get("/4")
def relative_to_in_try(name: str):
    path = (BASE / name).resolve()
    try:
        path.relative_to(BASE)
    except ValueError:
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead
@app.get("/5")
def relative_to_swallowed(name: str):
    path = (BASE / name).resolve()
    try:
        path.relative_to(BASE)
    except ValueError:
        pass
    return FileResponse(path)


# safe
@app.get("/6")
def common_path(name: str):
    path = os.path.realpath(os.path.join(FOLDER, name))
    if os.path.commonpath([FOLDER, path]) != FOLDER:
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead flawed
@app.get("/7")
def common_prefix(name: str):
    path = os.path.realpath(os.path.join(FOLDER, name))
    if os.path.commonprefix([FOLDER, path]) != FOLDER:
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead flawed
@app.get("/8")
def starts_without_separator(name: str):
    path = os.path.abspath(os.path.join(FOLDER, name))
    if not path.startswith(FOLDER):
        raise HTTPException(404)
    return FileResponse(path)


# safe
@app.get("/9")
def starts_with_separator(name: str):
    path = os.path.abspath(os.path.join(FOLDER, name))
    if not path.startswith(FOLDER + os.sep):
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead flawed
@app.get("/10")
def starts_before_resolve(name: str):
    path = os.path.join(FOLDER, name)
    if not path.startswith(FOLDER + "/"):
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead flawed
@app.get("/11")
def two_dots_only(name: str):
    if ".." in name:
        raise HTTPException(400)
    return FileResponse(os.path.join(FOLDER, name))


# flow: fileRead
@app.get("/12")
def other_variable(name: str, other: str):
    path = (BASE / other).resolve()
    if not path.is_relative_to(BASE):
        raise HTTPException(404)
    return FileResponse(BASE / name)


# flow: fileRead
@app.get("/13")
def result_not_used(name: str):
    path = (BASE / name).resolve()
    path.is_relative_to(BASE)
    return FileResponse(path)


def ensure_inside(path: Path) -> None:
    if not path.is_relative_to(BASE):
        raise HTTPException(404)


# safe
@app.get("/14")
def helper_raises(name: str):
    path = (BASE / name).resolve()
    ensure_inside(path)
    return FileResponse(path)


def safe_join(name: str) -> Path:
    path = (BASE / name).resolve()
    if not path.is_relative_to(BASE):
        raise ValueError(name)
    return path


# safe
@app.get("/15")
def helper_gives(name: str):
    return FileResponse(safe_join(name))


def is_inside(path: Path) -> bool:
    return BASE in path.resolve().parents


# safe
@app.get("/16")
def helper_answers(name: str):
    path = BASE / name
    if not is_inside(path):
        raise HTTPException(404)
    return FileResponse(path)


# safe
@app.get("/17")
def allow_list(name: str):
    if name not in NAMES:
        raise HTTPException(404)
    return FileResponse(BASE / name)


# safe
@app.get("/18")
def full_match(name: str):
    if not re.fullmatch(r"[a-z]+\.txt", name):
        raise HTTPException(404)
    return FileResponse(BASE / name)


# flow: fileRead
@app.get("/19")
def unanchored_match(name: str):
    if not re.match(r"[a-z]+", name):
        raise HTTPException(404)
    return FileResponse(BASE / name)


# safe
@app.get("/20")
def letters(name: str):
    if not name.isalnum():
        raise HTTPException(404)
    return FileResponse(BASE / name)


# safe
@app.get("/21")
def parsed_as_uuid(name: str):
    try:
        uuid.UUID(name)
    except ValueError:
        raise HTTPException(404)
    return FileResponse(BASE / name)


# safe
@app.get("/22/{name}")
def closed_types(name: Kind, other: Literal["a", "b"], number: int):
    return FileResponse(BASE / name.value / other / str(number))


# safe
@app.get("/23")
def with_pattern(name: Annotated[str, Query(pattern="^[a-z]+$")]):
    return FileResponse(BASE / name)


# safe
@app.get("/24")
def base_name(name: str):
    return FileResponse(BASE / os.path.basename(name))


# flow: fileRead
@app.get("/25")
def exists_is_no_check(name: str):
    path = BASE / name
    if not path.exists():
        raise HTTPException(404)
    return FileResponse(path)


# flow: fileRead
@app.get("/26")
def checked_behind(name: str):
    path = (BASE / name).resolve()
    content = path.read_text()
    if not path.is_relative_to(BASE):
        raise HTTPException(404)
    return content


# safe
@app.get("/27")
def host_in_list(url: str):
    if urlparse(url).hostname not in HOSTS:
        raise HTTPException(400)
    return httpx.get(url, timeout=3).text


# flow: requestURL
@app.get("/28")
def scheme_only(url: str):
    if urlparse(url).scheme not in ("http", "https"):
        raise HTTPException(400)
    return httpx.get(url, timeout=3).text


# safe
@app.get("/29")
def starts_with_origin(url: str):
    if not url.startswith("https://api.example.com/"):
        raise HTTPException(400)
    return httpx.get(url, timeout=3).text


# flow: requestURL
@app.get("/30")
def starts_with_host(url: str):
    if not url.startswith("https://api.example.com"):
        raise HTTPException(400)
    return httpx.get(url, timeout=3).text


# safe
@app.get("/31")
def any_host(url: str):
    parts = urlparse(url)
    if not any(parts.hostname == host for host in HOSTS):
        raise HTTPException(400)
    return httpx.get(url, timeout=3).text


# safe
@app.get("/32")
def path_behind_host(item: str):
    return httpx.get(f"https://api.example.com/items/{item}", timeout=3).text


# flow: requestURL
@app.get("/33")
def host_from_caller(host: str):
    return httpx.get(f"https://{host}/items", timeout=3).text


# safe
@app.get("/34")
def local_redirect(target: str):
    return RedirectResponse(urlparse(target).path)


# safe
@app.get("/35")
def looked_up(key: str):
    return FileResponse({"a": "/srv/a.txt", "b": "/srv/b.txt"}[key])


# safe
@app.get("/36")
def block_list_is_inverted(name: str):
    if name == "a.txt" or name == "b.txt":
        return None
    return {"name": name}
