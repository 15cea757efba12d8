from fastapi_utils.cbv_base import Api as Api
from fastapi_utils.cbv_base import Resource as Resource
from fastapi_utils.cbv_base import set_responses as set_responses
from fastapi_utils.cbv_base import take_init_parameters as take_init_parameters
