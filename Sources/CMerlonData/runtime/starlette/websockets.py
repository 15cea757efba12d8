import enum

from starlette.requests import HTTPConnection


class WebSocketState(enum.Enum):
    CONNECTING = 0
    CONNECTED = 1
    DISCONNECTED = 2
    RESPONSE = 3


class WebSocketDisconnect(Exception):
    def __init__(self, code=1000, reason=None):
        self.code = code
        self.reason = reason or ""


class WebSocket(HTTPConnection):
    def __init__(self, scope, receive=None, send=None):
        super().__init__(scope)
        self.client_state = WebSocketState.CONNECTING
        self.application_state = WebSocketState.CONNECTING

    async def accept(self, subprotocol=None, headers=None):
        pass

    async def receive(self):
        return {}

    async def send(self, message):
        pass

    async def receive_text(self):
        return ""

    async def receive_bytes(self):
        return b""

    async def receive_json(self, mode="text"):
        return None

    async def iter_text(self):
        yield ""

    async def iter_bytes(self):
        yield b""

    async def iter_json(self):
        yield None

    async def send_text(self, data):
        pass

    async def send_bytes(self, data):
        pass

    async def send_json(self, data, mode="text"):
        pass

    async def close(self, code=1000, reason=None):
        pass


class WebSocketClose:
    def __init__(self, code=1000, reason=None):
        self.code = code
        self.reason = reason or ""
