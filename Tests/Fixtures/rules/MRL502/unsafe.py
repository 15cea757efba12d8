"""Origins that are let in by mistake."""
from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

PATTERN = r"https://.*example\.com"

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origin_regex=".*", allow_credentials=True)  # expect: MRL502
app.add_middleware(
    CORSMiddleware,
    allow_origin_regex=r"https?://.*",  # expect: MRL502
    allow_credentials=True,
)
app.add_middleware(CORSMiddleware, allow_origin_regex=PATTERN)  # expect: MRL502
app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://shop.example.com", allow_credentials=True)  # expect: MRL502


@app.middleware("http")
async def echo_origin(request: Request, call_next):
    response = await call_next(request)
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("origin", "*")  # expect: MRL502
    response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@app.options("/widget")
def preflight(request: Request) -> Response:
    origin = request.headers["Origin"]
    return Response(headers={"Access-Control-Allow-Origin": origin, "Access-Control-Max-Age": "600"})  # expect: MRL502


@app.get("/widget")
def widget(request: Request) -> JSONResponse:
    headers = {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": request.headers.get("Origin"),  # expect: MRL502
    }
    return JSONResponse({}, headers=headers)
