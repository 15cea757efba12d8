class HTTPEndpoint:
    def __init__(self, scope, receive, send):
        self.scope = scope

    async def dispatch(self):
        pass

    async def method_not_allowed(self, request):
        pass


class WebSocketEndpoint:
    encoding = None

    def __init__(self, scope, receive, send):
        self.scope = scope

    async def on_connect(self, websocket):
        pass

    async def on_receive(self, websocket, data):
        pass

    async def on_disconnect(self, websocket, close_code):
        pass
