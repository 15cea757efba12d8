from fastapi import FastAPI

from shop.database import get_db, get_engine
from shop.services import get_user_repository

app = FastAPI()
# The container hands out storage, not identities.
app.dependency_overrides[get_db] = get_engine
app.dependency_overrides[get_user_repository] = lambda: None
app.dependency_overrides = {}
app.dependency_overrides.clear()
