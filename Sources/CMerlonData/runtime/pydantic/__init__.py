from pydantic.fields import *


class BaseModel:
    def __init__(self, **data):
        for name, value in data.items():
            setattr(self, name, value)
