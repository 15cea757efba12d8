"""Writes the environment for a first start, with keys that no one else has, and shows it once."""

import os
import secrets
import sys
from pathlib import Path

KEYS = [
    "ACCESS_TOKEN_KEY",
    "REFRESH_TOKEN_KEY",
    "LINK_TOKEN_KEY",
    "TERMINAL_TOKEN_KEY",
    "PARTNER_TOKEN_KEY",
    "SESSION_KEY",
    "VOUCHER_KEY",
    "GIFT_CARD_KEY",
    "WEBHOOK_SECRET",
    "INTERNAL_TOKEN",
    "BACKOFFICE_KEY",
    "REFUND_KEY",
]


def environment(port: str) -> dict[str, str]:
    values = {f"SHOP_{name}": secrets.token_urlsafe(48) for name in KEYS}
    values["SHOP_SERVICE_TOKEN_KEYS"] = f'{{"warehouse": "{secrets.token_urlsafe(48)}"}}'
    values["SHOP_DEMO_PASSWORD"] = secrets.token_urlsafe(12)
    values["SHOP_ENVIRONMENT"] = "development"
    values["SHOP_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    values["SHOP_ALLOWED_HOSTS"] = '["127.0.0.1", "localhost"]'
    values["SHOP_ALLOWED_ORIGINS"] = f'["http://127.0.0.1:{port}", "http://localhost:{port}"]'
    return values


def main() -> None:
    target, port = Path(sys.argv[1]), sys.argv[2]
    values = environment(port)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.writelines(f"{name}='{value}'\n" for name, value in values.items())
    print(f"wrote {target}; all demo users have the password {values['SHOP_DEMO_PASSWORD']}")


if __name__ == "__main__":
    main()
