class _BaseUrl:
    def __init__(self, url):
        self._url = url

    def unicode_string(self):
        return self._url

    def __str__(self):
        return self._url

    @classmethod
    def build(cls, **parts):
        return cls("")


class _BaseMultiHostUrl(_BaseUrl):
    pass


class UrlConstraints:
    def __init__(
        self,
        max_length=None,
        allowed_schemes=None,
        host_required=None,
        default_host=None,
        default_port=None,
        default_path=None,
        **options,
    ):
        self.max_length = max_length
        self.allowed_schemes = allowed_schemes
        self.host_required = host_required


class AnyUrl(_BaseUrl):
    pass


class AnyHttpUrl(AnyUrl):
    pass


class HttpUrl(AnyUrl):
    pass


class AnyWebsocketUrl(AnyUrl):
    pass


class WebsocketUrl(AnyUrl):
    pass


class FileUrl(AnyUrl):
    pass


class FtpUrl(AnyUrl):
    pass


class PostgresDsn(_BaseMultiHostUrl):
    pass


class CockroachDsn(AnyUrl):
    pass


class AmqpDsn(AnyUrl):
    pass


class RedisDsn(AnyUrl):
    pass


class MongoDsn(_BaseMultiHostUrl):
    pass


class KafkaDsn(AnyUrl):
    pass


class NatsDsn(_BaseMultiHostUrl):
    pass


class MySQLDsn(AnyUrl):
    pass


class MariaDBDsn(AnyUrl):
    pass


class ClickHouseDsn(AnyUrl):
    pass


class SnowflakeDsn(AnyUrl):
    pass


class EmailStr(str):
    pass


class NameEmail:
    def __init__(self, name, email):
        self.name = name
        self.email = email


class IPvAnyAddress:
    def __init__(self, value):
        self._value = value


class IPvAnyInterface(IPvAnyAddress):
    pass


class IPvAnyNetwork(IPvAnyAddress):
    pass


def validate_email(value):
    return "", value
