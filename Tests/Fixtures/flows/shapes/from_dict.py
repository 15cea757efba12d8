from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel


@dataclass
class Element:
    name: str
    value: str

    @classmethod
    def from_dict(cls, data: dict):
        parameters = {"name": "x", "value": str(data.get("value"))}
        return Element(**parameters)

    def use(self):
        return {sink:self.value}


class Payload(BaseModel):
    element: dict[str, Any]


@app.post("/")
def handler(payload: Payload):
    element = Element.from_dict(cast(dict, payload.element))
    return element.use()
