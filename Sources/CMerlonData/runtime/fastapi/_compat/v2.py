from fastapi._compat import ModelField as ModelField
