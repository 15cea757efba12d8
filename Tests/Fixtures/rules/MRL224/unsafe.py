from fastapi import Depends, FastAPI, Security

from shop.security import current_user, verify_key

first = FastAPI(dependences=[Depends(current_user)])  # expect: MRL224
second = FastAPI(title="Shop", dependency=Depends(verify_key))  # expect: MRL224
third = FastAPI(
    dependancies=[Security(current_user, scopes=["admin"])],  # expect: MRL224
)
