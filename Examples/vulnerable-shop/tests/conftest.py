import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent


class Shop:
    """The application, running under uvicorn on a free port of the loopback interface."""

    def __init__(self, port: int, data: Path) -> None:
        self.port = port
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        self.anonymous = httpx.Client(base_url=self.url, timeout=20)
        self._tokens: dict[str, str] = {}

    def login(self, name: str, password: str) -> str:
        answer = self.anonymous.post(
            "/auth/token", data={"username": f"{name}@larkspur.example", "password": password}
        )
        self.anonymous.cookies.clear()
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def token(self, name: str) -> str:
        if name not in self._tokens:
            password = "admin123" if name == "admin" else f"{name}-likes-linen"
            self._tokens[name] = self.login(name, password)
        return self._tokens[name]

    def client(self, name: str) -> httpx.Client:
        return self.bearer(self.token(name))

    def bearer(self, token: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=20)

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


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    data = tmp_path_factory.mktemp("var")
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SHOP_DATA_DIR": str(data),
        "SHOP_DATABASE_URL": f"sqlite:///{data}/shop.db",
        "SHOP_BACKOFFICE_KEY": "a-key-that-nobody-guesses",
    }
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "seed_demo.py")], env=environment, check=True
    )
    command = [sys.executable, "-m", "uvicorn", "shop.main:app", "--port", str(port)]
    log = (data / "server.log").open("w")
    server = subprocess.Popen(command, env=environment, cwd=data, stdout=log, stderr=log)
    try:
        running = Shop(port, data)
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
    pytest.fail((shop.data / "server.log").read_text())


@pytest.fixture()
def listener() -> Iterator[tuple[str, list[dict]]]:
    """A server of ours that the shop should have no business calling."""
    calls: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length).decode()
            calls.append({"path": self.path, "headers": dict(self.headers), "body": body})
            answer = json.dumps({"role": "instance-profile"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = handle_any

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", calls
    finally:
        server.shutdown()
        server.server_close()
