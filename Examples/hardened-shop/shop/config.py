from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent

Key = Annotated[SecretStr, Field(min_length=32)]


class Settings(BaseSettings):
    """Read from the environment; there is no default for a secret."""

    model_config = SettingsConfigDict(env_prefix="SHOP_", extra="ignore")

    app_name: str = "Larkspur"
    environment: str = "production"
    database_url: str = "sqlite:///./var/shop.db"
    data_dir: Path = BASE_DIR / "var"
    public_url: str = "https://shop.larkspur.example"
    allowed_hosts: list[str] = ["shop.larkspur.example"]
    allowed_origins: list[str] = ["https://shop.larkspur.example"]
    trusted_proxies: list[str] = []
    publish_schema: bool = False

    access_token_key: Key
    refresh_token_key: Key
    link_token_key: Key
    terminal_token_key: Key
    partner_token_key: Key
    service_token_keys: dict[str, Key]
    session_key: Key
    voucher_key: Key
    gift_card_key: Key
    webhook_secret: Key
    internal_token: Key
    backoffice_key: Key
    refund_key: Key

    access_token_minutes: int = Field(default=15, ge=1, le=60)
    refresh_token_days: int = Field(default=14, ge=1, le=30)
    requests_per_minute: int = Field(default=600, ge=1)
    logins_per_minute: int = Field(default=10, ge=1)

    idp_url: str | None = None
    idp_public_key: str | None = None
    idp_client_id: str = "shop"

    billing_url: str | None = None
    billing_api_key: SecretStr | None = None
    webhook_hosts: frozenset[str] = frozenset()

    mongo_url: str | None = None
    ldap_url: str | None = None
    smtp_host: str | None = None
    smtp_port: int = 587

    @field_validator("allowed_hosts", "allowed_origins", "trusted_proxies")
    @classmethod
    def refuse_wildcard(cls, values: list[str]) -> list[str]:
        if any("*" in value for value in values):
            raise ValueError("name each value, `*` is not allowed")
        return values

    @property
    def upload_dir(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def report_dir(self) -> Path:
        return self.data_dir / "reports"

    @property
    def outbox_dir(self) -> Path:
        return self.data_dir / "outbox"


@lru_cache
def get_settings() -> Settings:
    settings = Settings()
    for folder in (settings.upload_dir, settings.report_dir, settings.outbox_dir):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return settings
