"""Tracebacks that callers read."""
import sys
import traceback
from traceback import format_exc

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from shop.database import run_report

app = FastAPI()


@app.exception_handler(Exception)
def show_error(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"trace": traceback.format_exc()}, status_code=500)  # expect: MRL402


@app.get("/reports")
def reports() -> list[str]:
    try:
        return run_report()
    except Exception:
        raise HTTPException(500, detail=format_exc())  # expect: MRL402


@app.get("/reports/lines")
def lines():
    try:
        return run_report()
    except Exception as error:
        text = "".join(traceback.format_exception(error))
        return PlainTextResponse(text, status_code=500)  # expect: MRL402


@app.get("/reports/returned")
def returned():
    try:
        return run_report()
    except Exception:
        return {"error": "failed", "trace": traceback.format_exc()}  # expect: MRL402


@app.get("/reports/page")
def page():
    try:
        return run_report()
    except Exception:
        return HTMLResponse(f"<pre>{traceback.format_exc()}</pre>", status_code=500)  # expect: MRL402


@app.get("/reports/frames")
def frames():
    try:
        return run_report()
    except Exception:
        kind, value, trace = sys.exc_info()
        return Response("".join(traceback.format_tb(trace)), 500)  # expect: MRL402
