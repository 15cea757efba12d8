from pydantic import BaseSettings as BaseSettings
from typing import Any

def SettingsConfigDict(**kwargs: Any) -> Any: ...
