"""Settings: at run time they come from the environment; on paper the defaults stand for them."""

from pydantic.main import BaseModel


class SettingsError(ValueError):
    pass


class BaseSettings(BaseModel):
    def __init__(self, _env_file=None, _env_prefix=None, _env_file_encoding=None, _secrets_dir=None, **values):
        super().__init__(**{name: value for name, value in values.items() if not name.startswith("_")})
