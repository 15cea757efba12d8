from pydantic.main import (
    BaseModel as BaseModel,
    ModelFields as ModelFields,
    create_model as create_model,
)
