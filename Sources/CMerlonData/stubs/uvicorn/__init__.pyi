from uvicorn.config import Config as Config
from uvicorn.main import run as run
