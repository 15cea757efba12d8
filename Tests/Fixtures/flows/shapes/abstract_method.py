from abc import ABC, abstractmethod


class Store(ABC):
    @abstractmethod
    def use(self, value: str):
        """What a store does."""


class OwnStore(Store):
    def use(self, value: str):
        return {sink:value}


def get_store() -> Store:
    return OwnStore()


@app.get("/")
def handler(value: str):
    store = get_store()
    return store.use(value)
