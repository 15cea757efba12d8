"""The staff directory (LDAP) and the activity log (MongoDB)."""

from functools import lru_cache
from typing import Any

import mongomock
from ldap3 import MOCK_SYNC, SUBTREE, Connection, Server
from pymongo import MongoClient

from shop.config import get_settings

BASE = "ou=staff,o=larkspur"
PEOPLE = [
    ("vera", "Vera Holm", "buyer", "+358 40 555 0101"),
    ("otto", "Otto Brandt", "driver", "+358 40 555 0177"),
    ("mina", "Mina Aalto", "auditor", "+358 40 555 0136"),
]


@lru_cache
def connection() -> Connection:
    settings = get_settings()
    if not settings.ldap_url.startswith("mock:"):
        return Connection(Server(settings.ldap_url), auto_bind=True)
    mock = Connection(Server("directory"), client_strategy=MOCK_SYNC)
    for uid, name, title, phone in PEOPLE:
        attributes = {"cn": name, "uid": uid, "title": title, "homePhone": phone}
        mock.strategy.add_entry(f"uid={uid},{BASE}", {"objectClass": "person", **attributes})
    mock.bind()
    return mock


def find_staff(name: str) -> list[dict]:
    ldap = connection()
    query = f"(&(objectClass=person)(cn={name}*))"
    ldap.search(BASE, query, search_scope=SUBTREE, attributes=["cn", "title"])
    return [{"name": str(entry.cn), "title": str(entry.title)} for entry in ldap.entries]


@lru_cache
def activity() -> Any:
    settings = get_settings()
    if settings.mongo_url.startswith("mongomock:"):
        collection = mongomock.MongoClient().shop.activity
        collection.insert_many(
            [
                {"user": 1, "action": "login", "visibility": "staff"},
                {"user": 2, "action": "viewed item 3", "visibility": "public"},
            ]
        )
        return collection
    return MongoClient(settings.mongo_url, serverSelectionTimeoutMS=2000).shop.activity


def search_activity(criteria: dict[str, Any]) -> list[dict]:
    return list(activity().find({"visibility": "public", **criteria}, {"_id": 0}))
