class Client:
    def __init__(self, base):
        self.base = base

    def call(self, text):
        return self._act(text)

    def _act(self, text):
        return {sink:text}


client = Client("fixed")


@app.get("/run")
def run(value: str):
    return client.call(value)
