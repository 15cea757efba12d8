from fastapi_utils.api_model import APIMessage as APIMessage
from fastapi_utils.api_model import APIModel as APIModel
