class Service:
    def act(self, text):
        return {sink:text}


@app.get("/run")
def run(value: str):
    service = Service()
    return service.act(value)
