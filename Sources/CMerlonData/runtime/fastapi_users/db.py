"""Adapters of databases; their tables are described by the project's own classes."""

import typing


class BaseUserDatabase:
    def __init__(self, session=None, user_table=None, oauth_account_table=None):
        self.session = session


class SQLAlchemyUserDatabase(BaseUserDatabase):
    pass


class BeanieUserDatabase(BaseUserDatabase):
    pass


_ID = typing.TypeVar("_ID")


class SQLAlchemyBaseUserTable(typing.Generic[_ID]):
    pass


class SQLAlchemyBaseUserTableUUID:
    pass


class SQLAlchemyBaseOAuthAccountTable(typing.Generic[_ID]):
    pass


class SQLAlchemyBaseOAuthAccountTableUUID:
    pass
