from pydantic.env_settings import (
    BaseSettings as BaseSettings,
    SettingsError as SettingsError,
)
