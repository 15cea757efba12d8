"""Parameters for models of Pydantic 1 beside those of Pydantic 2; the module left FastAPI again."""

from fastapi.params import Body as Body
from fastapi.params import Cookie as Cookie
from fastapi.params import File as File
from fastapi.params import Form as Form
from fastapi.params import Header as Header
from fastapi.params import Param as Param
from fastapi.params import Path as Path
from fastapi.params import Query as Query
