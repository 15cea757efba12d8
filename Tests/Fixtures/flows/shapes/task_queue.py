from celery import Celery

celery = Celery("jobs")


@celery.task
def work(value: str):
    return {sink:value}


@app.get("/")
def handler(value: str):
    work.apply_async(kwargs={"value": value})
    return {}
