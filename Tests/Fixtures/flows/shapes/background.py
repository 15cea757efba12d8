from fastapi import BackgroundTasks


def work(text):
    return {sink:text}


@app.get("/run")
def run(value: str, tasks: BackgroundTasks):
    tasks.add_task(work, value)
    return "ok"
