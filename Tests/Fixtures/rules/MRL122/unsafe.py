"""Flows of OAuth 2 that are no more."""
from fastapi import FastAPI
from fastapi.openapi.models import OAuthFlowImplicit, OAuthFlows
from fastapi.openapi.models import OAuthFlows as Flows
from fastapi.security import OAuth2

app = FastAPI()
AUTHORIZE = "https://id.example.com/authorize"

scheme = OAuth2(flows=OAuthFlows(implicit=OAuthFlowImplicit(authorizationUrl=AUTHORIZE)))  # expect: MRL122
by_dictionary = OAuth2(flows={"implicit": {"authorizationUrl": AUTHORIZE, "scopes": {}}})  # expect: MRL122
flows = Flows(implicit=OAuthFlowImplicit(authorizationUrl=AUTHORIZE, scopes={"read": "Read"}))
in_steps = OAuth2(flows=flows, auto_error=False)  # expect-missing: MRL122 (an object that a name of the module holds)


def make_scheme(scopes: dict[str, str]) -> OAuth2:
    implicit = OAuthFlowImplicit(authorizationUrl=AUTHORIZE, scopes=scopes)
    local_flows = OAuthFlows(implicit=implicit)
    return OAuth2(flows=local_flows)  # expect: MRL122
