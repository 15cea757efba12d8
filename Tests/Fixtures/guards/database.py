class User:
    id: int
    token: str
    api_key: str


class Item:
    id: int
    owner_id: int
