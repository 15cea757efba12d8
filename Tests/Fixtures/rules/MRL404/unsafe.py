"""Debug mode."""
import fastapi
from fastapi import FastAPI
from fastapi import FastAPI as Application
from starlette.applications import Starlette

DEBUG = True

app = FastAPI(title="Shop", debug=True)  # expect: MRL404
by_constant = Application(debug=DEBUG)  # expect: MRL404
by_module = fastapi.FastAPI(  # expect: MRL404
    title="Admin",
    debug=True,
)
positional = Starlette(True)  # expect: MRL404

later = FastAPI()
later.debug = True  # expect: MRL404


class ShopAPI(FastAPI):
    pass


own = ShopAPI(debug=True)  # expect-missing: MRL404 (a class of the project that extends the application)


def create_app(debug: bool = False) -> FastAPI:
    return FastAPI(debug=debug)


development = create_app(debug=True)  # expect-missing: MRL404 (needs parameter flow)
