import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from make_env import environment  # noqa: E402

from shop.config import Settings  # noqa: E402


class Shop:
    """The application, running under uvicorn on a free port of the loopback interface."""

    def __init__(self, port: int, data: Path, env: dict[str, str]) -> None:
        self.port = port
        self.data = data
        self.env = env
        self.url = f"http://127.0.0.1:{port}"
        self.anonymous = httpx.Client(base_url=self.url, timeout=20)
        self._tokens: dict[str, str] = {}

    @property
    def password(self) -> str:
        return self.env["SHOP_DEMO_PASSWORD"]

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text()

    def login(self, email: str, password: str) -> dict:
        form = {"username": email, "password": password}
        answer = self.anonymous.post("/auth/token", data=form)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def token(self, name: str) -> str:
        if name not in self._tokens:
            pair = self.login(f"{name}@larkspur.example", self.password)
            self._tokens[name] = pair["access_token"]
        return self._tokens[name]

    def client(self, name: str) -> httpx.Client:
        return self.bearer(self.token(name))

    def bearer(self, token: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=20)

    def user_id(self, name: str) -> int:
        return self.client(name).get("/users/me").json()["id"]

    def mail_to(self, email: str) -> str:
        for _ in range(50):
            for mail in (self.data / "outbox").iterdir():
                text = mail.read_bytes().decode().replace("=\n", "").replace("=3D", "=")
                if f"To: {email}" in text:
                    mail.unlink()
                    return text
            time.sleep(0.1)
        pytest.fail(f"no mail to {email}")

    def new_customer(self, password: str = "a long new password") -> tuple[str, str]:
        email = f"{uuid.uuid4().hex[:10]}@larkspur.example"
        body = {"email": email, "password": password, "full_name": "New"}
        answer = self.anonymous.post("/auth/register", json=body)
        assert answer.status_code == 202, answer.text
        token = re.search(r"token=([\w.-]+)", self.mail_to(email)).group(1)
        verified = self.anonymous.get("/auth/verify", params={"token": token})
        assert verified.json() == {"email": email, "verified": True}
        return email, password

    def raw(self, request: str) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request.replace("\n", "\r\n").encode())
            connection.settimeout(3)
            answer = b""
            try:
                while chunk := connection.recv(65536):
                    answer += chunk
            except TimeoutError:
                pass
        return answer.decode("latin-1")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_shop(data: Path, **extra: str) -> Iterator[Shop]:
    port = free_port()
    env = {
        **os.environ,
        **environment(str(port)),
        "PYTHONPATH": str(ROOT),
        "SHOP_DATA_DIR": str(data),
        "SHOP_DATABASE_URL": f"sqlite:///{data}/shop.db",
        "SHOP_WEBHOOK_HOSTS": '["hooks.larkspur.example", "localhost"]',
        **extra,
    }
    subprocess.run([sys.executable, str(ROOT / "scripts" / "seed_demo.py")], env=env, check=True)
    command = [sys.executable, "-m", "uvicorn", "shop.main:app", "--port", str(port)]
    command += ["--no-proxy-headers", "--no-server-header", "--ws-max-size", "65536"]
    log = (data / "server.log").open("w")
    server = subprocess.Popen(command, env=env, cwd=data, stdout=log, stderr=log)
    try:
        running = Shop(port, data, env)
        wait_until_up(running, server)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()


def wait_until_up(shop: Shop, server: subprocess.Popen) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            if shop.anonymous.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(shop.log)


@pytest.fixture(scope="session")
def identity_provider() -> Iterator["IdentityProvider"]:
    provider = IdentityProvider()
    try:
        yield provider
    finally:
        provider.close()


@pytest.fixture(scope="session")
def shop(
    tmp_path_factory: pytest.TempPathFactory, identity_provider: "IdentityProvider"
) -> Iterator[Shop]:
    yield from run_shop(
        tmp_path_factory.mktemp("var"),
        SHOP_LOGINS_PER_MINUTE="1000",
        SHOP_REQUESTS_PER_MINUTE="100000",
        SHOP_IDP_URL=identity_provider.url,
        SHOP_IDP_PUBLIC_KEY=identity_provider.public_key,
    )


@pytest.fixture(scope="module")
def strict_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The shop with the limits of a normal installation."""
    yield from run_shop(tmp_path_factory.mktemp("strict"))


@pytest.fixture()
def settings(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in shop.env.items():
        if name.startswith("SHOP_"):
            monkeypatch.setenv(name, value)
    return Settings()


class LocalServer:
    """A server of ours that answers all requests in the same way and remembers them."""

    def __init__(self) -> None:
        self.calls: list[dict] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length).decode()
                outer.calls.append({"path": self.path, "body": body})
                answer = outer.answer()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = handle_any

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self) -> bytes:
        return json.dumps({"role": "instance-profile"}).encode()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class IdentityProvider(LocalServer):
    def __init__(self) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self.key = Ed25519PrivateKey.generate()
        public = self.key.public_key()
        self.public_key = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
        self.token = ""
        super().__init__()

    def answer(self) -> bytes:
        return json.dumps({"id_token": self.token}).encode()


@pytest.fixture()
def listener() -> Iterator[LocalServer]:
    server = LocalServer()
    try:
        yield server
    finally:
        server.close()
