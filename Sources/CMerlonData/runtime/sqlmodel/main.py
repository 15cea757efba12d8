"""SQLModel: Pydantic models that are tables as well; `table=True` stays a keyword of the class."""

from pydantic.fields import FieldInfo as PydanticFieldInfo
from pydantic.fields import PydanticUndefined
from pydantic.main import BaseModel

Undefined = PydanticUndefined


class FieldInfo(PydanticFieldInfo):
    primary_key = False
    foreign_key = None
    ondelete = None
    unique = False
    nullable = None
    index = None
    sa_type = None
    sa_column = None
    sa_column_args = None
    sa_column_kwargs = None


class RelationshipInfo:
    def __init__(
        self,
        *,
        back_populates=None,
        cascade_delete=False,
        passive_deletes=False,
        link_model=None,
        sa_relationship=None,
        sa_relationship_args=None,
        sa_relationship_kwargs=None,
    ):
        self.back_populates = back_populates
        self.cascade_delete = cascade_delete
        self.link_model = link_model
        self.sa_relationship = sa_relationship


def Field(default=PydanticUndefined, **options):
    return FieldInfo(default, **options)


def Relationship(**options):
    return RelationshipInfo(**options)


class SQLModel(BaseModel):
    metadata = None
    __tablename__ = None

    def sqlmodel_update(self, obj, *, update=None):
        return self
