"""The staff directory (LDAP) and the activity log (MongoDB)."""

from functools import lru_cache
from typing import Any

import mongomock
from ldap3 import MOCK_SYNC, SUBTREE, Connection, Server
from ldap3.utils.conv import escape_filter_chars
from pymongo import MongoClient

from shop.config import get_settings
from shop.schemas import ActivityFilter

BASE = "ou=staff,o=larkspur"
PEOPLE = [
    ("vera", "Vera Holm", "buyer", "+358 40 555 0101"),
    ("otto", "Otto Brandt", "driver", "+358 40 555 0177"),
    ("mina", "Mina Aalto", "auditor", "+358 40 555 0136"),
]


@lru_cache
def connection() -> Connection:
    settings = get_settings()
    if settings.ldap_url is not None:
        server = Server(settings.ldap_url, use_ssl=True, connect_timeout=5)
        return Connection(server, auto_bind=True, receive_timeout=5)
    mock = Connection(Server("directory"), client_strategy=MOCK_SYNC)
    for uid, name, title, phone in PEOPLE:
        attributes = {"cn": name, "uid": uid, "title": title, "homePhone": phone}
        mock.strategy.add_entry(f"uid={uid},{BASE}", {"objectClass": "person", **attributes})
    mock.bind()
    return mock


def find_staff(name: str) -> list[dict[str, str]]:
    ldap = connection()
    query = f"(&(objectClass=person)(cn={escape_filter_chars(name)}*))"
    ldap.search(BASE, query, search_scope=SUBTREE, attributes=["cn", "title"], size_limit=50)
    return [{"name": str(entry.cn), "title": str(entry.title)} for entry in ldap.entries]


@lru_cache
def activity() -> Any:
    settings = get_settings()
    if settings.mongo_url is not None:
        return MongoClient(settings.mongo_url, serverSelectionTimeoutMS=2000).shop.activity
    collection = mongomock.MongoClient().shop.activity
    collection.insert_many(
        [
            {"user": 1, "action": "login", "visibility": "staff"},
            {"user": 2, "action": "viewed item 3", "visibility": "public"},
        ]
    )
    return collection


def search_activity(criteria: ActivityFilter) -> list[dict[str, Any]]:
    query: dict[str, Any] = {"visibility": "public"}
    if criteria.user is not None:
        query["user"] = {"$eq": criteria.user}
    if criteria.action is not None:
        query["action"] = {"$eq": criteria.action}
    return list(activity().find(query, {"_id": 0, "user": 1, "action": 1}).limit(100))
