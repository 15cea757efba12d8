import os
import subprocess

import asyncpg
import httpx
from beanie import Document
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel
from sqlmodel import Field, Session, SQLModel, select
from starlette.concurrency import run_in_threadpool
from tortoise import fields
from tortoise.models import Model

router = APIRouter()
client = AsyncIOMotorClient()
db = client.shop
ITEMS: dict[int, dict] = {}


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    owner_id: int = Field(foreign_key="user.id")


class Task(Model):
    id = fields.IntField(pk=True)
    owner_id = fields.IntField()


class Page(Document):
    title: str
    owner_id: str


class HeroIn(BaseModel):
    name: str


def current_user(token: str):  # principal
    return token


# SQLModel.


@router.get("/heroes/{hero_id}")
def hero(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero none; effect: read Hero
    return session.get(Hero, hero_id).name


@router.get("/heroes/{hero_id}")
def own_hero(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero queried
    return session.exec(select(Hero).where(Hero.id == hero_id, Hero.owner_id == user.id)).first().name


# Tortoise.


@router.get("/tasks/{task_id}")
async def task(task_id: int, user=Depends(current_user)):  # endpoint; object: task_id Task none; effect: read Task
    found = await Task.get(id=task_id)
    return found.id


@router.get("/tasks/{task_id}")
async def own_task(task_id: int, user=Depends(current_user)):  # endpoint; object: task_id Task queried
    found = await Task.get_or_none(id=task_id, owner_id=user.id)
    return found.id


@router.delete("/tasks/{task_id}")
async def delete_task(task_id: int, user=Depends(current_user)):  # endpoint; object: task_id Task none; effect: delete Task
    await Task.filter(id=task_id).delete()


# Beanie.


@router.get("/pages/{page_id}")
async def page(page_id: str, user=Depends(current_user)):  # endpoint; object: page_id Page none
    found = await Page.get(page_id)
    return found.title


@router.delete("/pages/{page_id}")
async def delete_page(page_id: str, user=Depends(current_user)):  # endpoint; object: page_id Page compared
    found = await Page.get(page_id)
    if found.owner_id != user.id:
        raise HTTPException(404)
    await found.delete()


# MongoDB.


@router.get("/orders/{order_id}")
async def order(order_id: str, user=Depends(current_user)):  # endpoint; object: order_id orders none; effect: read orders
    return await db.orders.find_one({"_id": order_id})


@router.get("/orders/{order_id}")
async def own_order(order_id: str, user=Depends(current_user)):  # endpoint; object: order_id orders queried
    return await db["orders"].find_one({"_id": order_id, "user_id": user["id"]})


@router.delete("/orders/{order_id}")
async def delete_order(order_id: str, user=Depends(current_user)):  # endpoint; object: order_id orders none; effect: delete orders
    query = {}
    query["_id"] = order_id
    await db.orders.delete_one(query)


# SQL text.


@router.get("/rows/{row_id}")
async def row(row_id: int, conn: asyncpg.Connection, user=Depends(current_user)):  # endpoint; object: row_id invoices none; effect: read invoices
    return await conn.fetchrow("SELECT * FROM invoices WHERE id = $1", row_id)


@router.get("/rows/{row_id}")
async def own_row(row_id: int, conn: asyncpg.Connection, user=Depends(current_user)):  # endpoint; object: row_id invoices queried
    return await conn.fetchrow("SELECT * FROM invoices WHERE id = $1 AND owner_id = $2", row_id, user.id)


# Containers of the module.


@router.get("/things/{thing_id}")
def thing(thing_id: int, user=Depends(current_user)):  # endpoint; object: thing_id ITEMS none; effect: read ITEMS
    return ITEMS[thing_id]


@router.get("/things/{thing_id}")
def own_thing(thing_id: int, user=Depends(current_user)):  # endpoint; object: thing_id ITEMS compared
    found = ITEMS.get(thing_id)
    if found is None or found["owner"] != user["id"]:
        raise HTTPException(404)
    return found


@router.delete("/things/{thing_id}")
def delete_thing(thing_id: int, user=Depends(current_user)):  # endpoint; object: thing_id ITEMS none; effect: delete ITEMS
    del ITEMS[thing_id]


# Repositories and services.


class Repository:
    model = None

    def __init__(self, session: Session):
        self.session = session

    def get(self, id: int):
        return self.session.get(self.model, id)


class HeroRepository(Repository):
    model = Hero

    def by_id(self, id: int):
        return self.session.get(Hero, id)

    def by_id_and_owner(self, id: int, owner_id: int):
        return self.session.exec(select(Hero).where(Hero.id == id).where(Hero.owner_id == owner_id)).first()


class HeroService:
    def __init__(self, session: Session, user):
        self.heroes = HeroRepository(session)
        self.user = user

    def open(self, id: int):
        return self.heroes.by_id(id)

    def own(self, id: int):
        found = self.heroes.by_id(id)
        if found.owner_id != self.user.id:
            raise HTTPException(404)
        return found


@router.get("/heroes/{hero_id}")
def by_repository(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero none
    return HeroRepository(session).by_id(hero_id).name


@router.get("/heroes/{hero_id}")
def by_owner(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero queried
    return HeroRepository(session).by_id_and_owner(hero_id, user.id).name


@router.get("/heroes/{hero_id}")
def by_service(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero none
    return HeroService(session, user).open(hero_id).name


@router.get("/heroes/{hero_id}")
def by_own_service(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero compared
    return HeroService(session, user).own(hero_id).name


@router.get("/heroes/{hero_id}")
async def in_a_thread(hero_id: int, session: Session, user=Depends(current_user)):  # endpoint; object: hero_id Hero none
    return await run_in_threadpool(HeroRepository(session).by_id, hero_id)


# Code that can't be followed.


@router.delete("/jobs/{job_id}")
def opaque_delete(job_id: str, request: Request, user=Depends(current_user)):  # endpoint; object: job_id job none
    request.app.state.scheduler.remove_job(job_id)


@router.delete("/jobs/{job_id}")
def opaque_both(job_id: str, request: Request, user=Depends(current_user)):  # endpoint; object: job_id job unknown
    request.app.state.scheduler.remove_job(job_id, user.id)


@router.get("/heroes/{hero_id}")
def state_user(hero_id: int, session: Session, request: Request):  # endpoint; object: hero_id Hero compared
    found = session.get(Hero, hero_id)
    if found.owner_id != request.state.user.id:
        raise HTTPException(404)
    return found.name


@router.get("/heroes")
def from_query_params(session: Session, request: Request, user=Depends(current_user)):  # endpoint; object: hero_id Hero none
    return session.get(Hero, request.query_params["hero_id"]).name


@router.post("/heroes/open")
async def from_raw_body(session: Session, request: Request, user=Depends(current_user)):  # endpoint; object: body.hero_id Hero none
    data = await request.json()
    return session.get(Hero, data["hero_id"]).name


# Effects beside stores.


@router.post("/run")
def run(user=Depends(current_user)):  # endpoint; effect: execute subprocess.run
    subprocess.run(["ls"])


@router.post("/run")
def system(user=Depends(current_user)):  # endpoint; effect: execute os.system
    os.system("ls")


@router.post("/send")
def send(user=Depends(current_user)):  # endpoint; effect: send httpx.post
    httpx.post("https://x.example", timeout=3)


@router.post("/send")
def later(background: BackgroundTasks, user=Depends(current_user)):  # endpoint; effect: send httpx.post
    background.add_task(deliver, "x")


def deliver(text):
    httpx.post("https://x.example", timeout=3)


@router.get("/file")
def file(user=Depends(current_user)):  # endpoint; effect: fileRead builtins.open
    return open("x").read()


@router.post("/file")
def write_file(user=Depends(current_user)):  # endpoint; effect: fileWrite builtins.open
    with open("x", "w") as target:
        target.write("x")
