from pydantic.main import BaseModel


class GenericModel(BaseModel):
    pass
