"""Answers without secrets, and secrets that are not answered."""
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, EmailStr, Field

app = FastAPI()
router = APIRouter()


class UserCreate(BaseModel):
    email: EmailStr
    password: str = Field(min_length=15)


class UserPublic(BaseModel):
    id: int
    email: EmailStr
    has_password: bool
    password_changed_at: str | None = None


class UserStored(UserPublic):
    hashed_password: str = Field(exclude=True)


class UserRow(UserPublic):
    hashed_password: str


@app.post("/users", response_model=UserPublic)
def sign_up(body: UserCreate):
    # The input has a password, the answer does not.
    ...


@app.get("/users/{user_id}")
def read_user(user_id: int) -> UserStored:
    ...


@router.get("/rows/{user_id}", response_model=UserRow, response_model_exclude={"hashed_password"})
def read_row(user_id: int):
    ...


def load(user_id: int) -> UserRow:
    # No operation.
    ...
