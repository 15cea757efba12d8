"""Static files wherever links lead."""
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.staticfiles import StaticFiles as Files

FOLLOW = True

app = FastAPI()
app.mount("/static", StaticFiles(directory="static", follow_symlink=True))  # expect: MRL515
app.mount("/media", Files(directory="media", html=True, follow_symlink=FOLLOW), name="media")  # expect: MRL515
assets = StaticFiles(  # expect: MRL515
    directory="assets",
    follow_symlink=True,
)
