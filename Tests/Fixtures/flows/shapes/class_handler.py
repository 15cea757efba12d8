class Handlers:
    def run(self, value: str):
        return {sink:value}


app.add_api_route("/run", Handlers().run)
