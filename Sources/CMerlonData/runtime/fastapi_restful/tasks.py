from fastapi_utils.tasks import repeat_every as repeat_every
