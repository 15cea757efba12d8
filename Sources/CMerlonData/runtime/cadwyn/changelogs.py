from pydantic import BaseModel


class CadwynChangelogResource(BaseModel):
    versions: list
