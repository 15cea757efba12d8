from pydantic.config import (
    BaseConfig as BaseConfig,
    ConfigDict as ConfigDict,
    Extra as Extra,
    pydantic_config as pydantic_config,
    with_config as with_config,
)
