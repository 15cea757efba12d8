from starlette.datastructures import Address, FormData, Headers, QueryParams, State, URL


class ClientDisconnect(Exception):
    pass


class HTTPConnection:
    def __init__(self, scope, receive=None):
        self.scope = scope
        self.headers = Headers()
        self.query_params = QueryParams()
        self.path_params = {}
        self.cookies = {}
        self.client = None
        self.session = {}
        self.auth = None
        self.user = None
        self.state = State()
        self.url = URL()
        self.base_url = URL()
        self.app = None

    def url_for(self, name, /, **path_params):
        return URL()


class Request(HTTPConnection):
    def __init__(self, scope, receive=None, send=None):
        super().__init__(scope)
        self.method = "GET"
        self.receive = receive

    async def stream(self):
        yield b""

    async def body(self):
        return b""

    async def json(self):
        return None

    async def form(self, *, max_files=1000, max_fields=1000, max_part_size=1048576):
        return FormData()

    async def close(self):
        pass

    async def is_disconnected(self):
        return False

    async def send_push_promise(self, path):
        pass
