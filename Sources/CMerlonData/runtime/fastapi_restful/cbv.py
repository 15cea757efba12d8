from fastapi_utils.cbv import _cbv as _cbv
from fastapi_utils.cbv import cbv as cbv
