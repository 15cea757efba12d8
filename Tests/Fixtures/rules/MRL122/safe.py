"""Flows that are current."""
from fastapi import FastAPI
from fastapi.openapi.models import OAuthFlowAuthorizationCode, OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2, OAuth2AuthorizationCodeBearer, OpenIdConnect

app = FastAPI()
AUTHORIZE = "https://id.example.com/authorize"
TOKEN = "https://id.example.com/token"

code = OAuth2AuthorizationCodeBearer(authorizationUrl=AUTHORIZE, tokenUrl=TOKEN)
described = OAuth2(
    flows=OAuthFlows(authorizationCode=OAuthFlowAuthorizationCode(authorizationUrl=AUTHORIZE, tokenUrl=TOKEN))
)
machines = OAuth2(flows={"clientCredentials": {"tokenUrl": TOKEN, "scopes": {}}})
by_class = OAuth2(flows=OAuthFlows(clientCredentials=OAuthFlowClientCredentials(tokenUrl=TOKEN)))
provider = OpenIdConnect(openIdConnectUrl="https://id.example.com/.well-known/openid-configuration")
messages = {"implicit": "The implicit flow is switched off."}
