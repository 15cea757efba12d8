from fastapi.concurrency import run_in_threadpool


def work(text):
    return {sink:text}


@app.get("/run")
async def run(value: str):
    return await run_in_threadpool(work, value)
