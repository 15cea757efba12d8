from pydantic.config import ConfigDict
from pydantic.env_settings import BaseSettings as PydanticBaseSettings


class SettingsConfigDict(ConfigDict):
    pass


class BaseSettings(PydanticBaseSettings):
    @classmethod
    def settings_customise_sources(
        cls, settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings
    ):
        return init_settings, env_settings, dotenv_settings, file_secret_settings


class CliApp:
    @staticmethod
    def run(model_cls, *args, **options):
        return model_cls()
