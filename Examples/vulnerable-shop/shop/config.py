from functools import lru_cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=".env", extra="ignore")

    app_name: str = "Larkspur"
    database_url: str = "sqlite:///./var/shop.db"
    data_dir: Path = BASE_DIR / "var"

    secret_key: str = "a-string-secret-at-least-256-bits-long"
    access_token_minutes: int = 60

    billing_url: str = "http://127.0.0.1:9090"
    billing_api_key: str | None = None
    backoffice_key: str | None = None
    refund_api_key: str = "larkspur-refunds-2021"
    ops_password: str | None = None

    idp_authorize_url: str = "https://id.larkspur.example/authorize"
    mongo_url: str = "mongomock://localhost"
    ldap_url: str = "mock://directory"
    smtp_host: str | None = None
    smtp_port: int = 587

    @property
    def upload_dir(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def report_dir(self) -> Path:
        return self.data_dir / "reports"

    @property
    def key_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def outbox_dir(self) -> Path:
        return self.data_dir / "outbox"


@lru_cache
def get_settings() -> Settings:
    settings = Settings()
    for folder in (settings.upload_dir, settings.report_dir, settings.key_dir, settings.outbox_dir):
        folder.mkdir(parents=True, exist_ok=True)
    return settings
