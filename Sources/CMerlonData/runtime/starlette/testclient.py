class TestClient:
    __test__ = False

    def __init__(self, app=None, base_url="http://testserver", **options):
        self.app = app
        self.base_url = base_url
        self.headers = {}
        self.cookies = {}


class WebSocketDenialResponse(Exception):
    pass


class WebSocketTestSession:
    pass
