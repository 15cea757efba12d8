"""Objects of an OpenAPI document, as far as applications build them: each holds its arguments as attributes."""

import enum


class BaseModelWithConfig:
    def __init__(self, **data):
        for name, value in data.items():
            if name == "in" or name == "type" or name == "schema":
                name = name + "_"
            setattr(self, name, value)


class Contact(BaseModelWithConfig):
    pass


class License(BaseModelWithConfig):
    pass


class Info(BaseModelWithConfig):
    pass


class Server(BaseModelWithConfig):
    pass


class Schema(BaseModelWithConfig):
    pass


class Example(dict):
    pass


class MediaType(BaseModelWithConfig):
    pass


class Response(BaseModelWithConfig):
    pass


class Operation(BaseModelWithConfig):
    pass


class PathItem(BaseModelWithConfig):
    pass


class Tag(BaseModelWithConfig):
    pass


class OpenAPI(BaseModelWithConfig):
    pass


class SecuritySchemeType(enum.Enum):
    apiKey = "apiKey"
    http = "http"
    oauth2 = "oauth2"
    openIdConnect = "openIdConnect"


class APIKeyIn(enum.Enum):
    query = "query"
    header = "header"
    cookie = "cookie"


class SecurityBase(BaseModelWithConfig):
    type_ = None
    description = None


class APIKey(SecurityBase):
    type_ = "apiKey"
    in_ = None
    name = None


class HTTPBase(SecurityBase):
    type_ = "http"
    scheme = None


class HTTPBearer(HTTPBase):
    scheme = "bearer"
    bearerFormat = None


class OAuthFlow(BaseModelWithConfig):
    refreshUrl = None
    authorizationUrl = None
    tokenUrl = None
    scopes = {}


class OAuthFlowImplicit(OAuthFlow):
    pass


class OAuthFlowPassword(OAuthFlow):
    pass


class OAuthFlowClientCredentials(OAuthFlow):
    pass


class OAuthFlowAuthorizationCode(OAuthFlow):
    pass


def _flow(kind, value):
    return kind(**value) if isinstance(value, dict) else value


class OAuthFlows:
    def __init__(self, implicit=None, password=None, clientCredentials=None, authorizationCode=None):
        self.implicit = _flow(OAuthFlowImplicit, implicit)
        self.password = _flow(OAuthFlowPassword, password)
        self.clientCredentials = _flow(OAuthFlowClientCredentials, clientCredentials)
        self.authorizationCode = _flow(OAuthFlowAuthorizationCode, authorizationCode)


class OAuth2(SecurityBase):
    type_ = "oauth2"

    def __init__(self, flows=None, **data):
        super().__init__(**data)
        self.flows = OAuthFlows(**flows) if isinstance(flows, dict) else flows


class OpenIdConnect(SecurityBase):
    type_ = "openIdConnect"
    openIdConnectUrl = None
