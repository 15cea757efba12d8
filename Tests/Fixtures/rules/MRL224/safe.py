from fastapi import Depends, FastAPI

from shop.security import current_user

right = FastAPI(dependencies=[Depends(current_user)])
# Options of the application that hold other things.
other = FastAPI(title="Shop", swagger_ui_init_oauth={"clientId": "shop"}, dependency_overrides_provider=None)
extra = FastAPI(deployment="blue")
