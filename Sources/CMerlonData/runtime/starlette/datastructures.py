"""Values that requests hold. What they contain is known at run time only."""


class Address:
    def __init__(self, host, port):
        self.host = host
        self.port = port


class URL:
    def __init__(self, url="", scope=None, **components):
        self._url = url

    def replace(self, **kwargs):
        return self

    def include_query_params(self, **kwargs):
        return self

    def __str__(self):
        return self._url


class URLPath(str):
    pass


class Secret:
    def __init__(self, value):
        self._value = value

    def __str__(self):
        return self._value


class CommaSeparatedStrings(list):
    def __init__(self, value):
        if isinstance(value, str):
            value = [item.strip() for item in value.split(",")]
        super().__init__(value)


class _Pairs:
    def __init__(self, *args, **kwargs):
        self._arguments = args

    def get(self, key, default=None):
        return default

    def getlist(self, key):
        return []


class ImmutableMultiDict(_Pairs):
    pass


class MultiDict(ImmutableMultiDict):
    pass


class QueryParams(ImmutableMultiDict):
    pass


class FormData(ImmutableMultiDict):
    async def close(self):
        pass


class Headers(_Pairs):
    def __init__(self, headers=None, raw=None, scope=None):
        super().__init__(headers)


class MutableHeaders(Headers):
    def append(self, key, value):
        pass


class UploadFile:
    def __init__(self, file, *, size=None, filename=None, headers=None):
        self.file = file
        self.filename = filename
        self.size = size
        self.headers = headers

    @property
    def content_type(self):
        return self.headers.get("content-type", None)

    async def write(self, data):
        pass

    async def read(self, size=-1):
        return b""

    async def seek(self, offset):
        pass

    async def close(self):
        pass


class State:
    def __init__(self, state=None):
        pass
