"""The parts that every application is wrapped in."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import ValidationError

from shop.config import Settings
from shop.hardening import harden
from shop.limits import SlidingWindow


@pytest.fixture()
def client(settings: Settings) -> TestClient:
    app = FastAPI(openapi_url=None)

    @app.get("/fails")
    def fails() -> None:
        raise RuntimeError("connection to db.internal failed, password hunter2")

    return TestClient(
        harden(app, settings), base_url="https://127.0.0.1", raise_server_exceptions=False
    )


def test_unhandled_error_has_headers_and_says_nothing(client: TestClient) -> None:
    answer = client.get("/fails")
    assert answer.status_code == 500
    assert answer.json().keys() == {"detail", "request"}
    assert "hunter2" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_hsts_is_sent_over_tls(client: TestClient) -> None:
    header = client.get("/fails").headers["strict-transport-security"]
    assert header == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOP_ACCESS_TOKEN_KEY", "short"),
        ("SHOP_ACCESS_TOKEN_KEY", None),
        ("SHOP_SESSION_KEY", None),
        ("SHOP_SERVICE_TOKEN_KEYS", '{"warehouse": "short"}'),
        ("SHOP_ALLOWED_HOSTS", '["*"]'),
        ("SHOP_ALLOWED_ORIGINS", '["https://*.larkspur.example"]'),
        ("SHOP_TRUSTED_PROXIES", '["*"]'),
    ],
)
def test_weak_settings_are_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_settings_do_not_show_secrets(settings: Settings) -> None:
    assert settings.access_token_key.get_secret_value() not in repr(settings)


def test_window_slides() -> None:
    now = 0.0
    window = SlidingWindow(times=2, seconds=10, clock=lambda: now)
    assert [window.allows("a") for _ in range(3)] == [True, True, False]
    assert window.allows("b")
    now = 10.0
    assert window.allows("a")


def test_window_forgets_the_oldest_keys() -> None:
    window = SlidingWindow(times=1, seconds=10, keys=2, clock=lambda: 0.0)
    for key in ("a", "b", "c"):
        window.allows(key)
    assert window.allows("a")
    assert not window.allows("c")


def test_status_application_needs_a_token(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shop import dependencies, status

    monkeypatch.setattr(dependencies, "get_settings", lambda: settings)
    client = TestClient(status.app, base_url="http://127.0.0.1")
    assert client.get("/").status_code == 401
    headers = {"Authorization": f"Bearer {settings.internal_token.get_secret_value()}"}
    assert client.get("/", headers=headers).json() == {"status": "ok"}
    assert client.get("/orders/anything", headers=headers).status_code == 422
    assert client.get("/openapi.json", headers=headers).status_code == 404
