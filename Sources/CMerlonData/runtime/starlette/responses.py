from starlette.datastructures import MutableHeaders


class Response:
    media_type = None
    charset = "utf-8"

    def __init__(self, content=None, status_code=200, headers=None, media_type=None, background=None):
        self.status_code = status_code
        if media_type is not None:
            self.media_type = media_type
        self.background = background
        self.body = content
        self.headers = MutableHeaders(headers)

    def render(self, content):
        return content

    def init_headers(self, headers=None):
        pass

    def set_cookie(
        self,
        key,
        value="",
        max_age=None,
        expires=None,
        path="/",
        domain=None,
        secure=False,
        httponly=False,
        samesite="lax",
        partitioned=False,
    ):
        pass

    def delete_cookie(self, key, path="/", domain=None, secure=False, httponly=False, samesite="lax", partitioned=False):
        pass

    async def __call__(self, scope, receive, send):
        pass


class HTMLResponse(Response):
    media_type = "text/html"


class PlainTextResponse(Response):
    media_type = "text/plain"


class JSONResponse(Response):
    media_type = "application/json"


class RedirectResponse(Response):
    def __init__(self, url, status_code=307, headers=None, background=None):
        super().__init__(None, status_code, headers, None, background)
        self.url = url


class StreamingResponse(Response):
    def __init__(self, content, status_code=200, headers=None, media_type=None, background=None):
        super().__init__(None, status_code, headers, media_type, background)
        self.body_iterator = content


class FileResponse(Response):
    chunk_size = 65536

    def __init__(
        self,
        path,
        status_code=200,
        headers=None,
        media_type=None,
        background=None,
        filename=None,
        stat_result=None,
        method=None,
        content_disposition_type="attachment",
    ):
        super().__init__(None, status_code, headers, media_type, background)
        self.path = path
        self.filename = filename
