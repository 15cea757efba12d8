class Job:
    def __init__(self):
        self.value = ""

    def choose(self, value: str):
        self.value = value

    def run(self):
        return {sink:self.value}


@app.get("/")
def handler(value: str):
    job = Job()
    job.choose(value)
    return job.run()
