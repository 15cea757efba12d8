class Job:
    def __init__(self, text):
        self.text = text


@app.get("/run")
def run(value: str):
    job = Job(value)
    return {sink:job.text}
