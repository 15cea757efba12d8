from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer, OAuth2AuthorizationCodeBearer

app = FastAPI()
bearer = HTTPBearer()
sso = OAuth2AuthorizationCodeBearer(  # expect: MRL217
    authorizationUrl="https://id.example/authorize", tokenUrl="https://id.example/token"
)


@app.get("/me", dependencies=[Depends(bearer)])  # expect: MRL219
def me() -> str:
    return "me"
