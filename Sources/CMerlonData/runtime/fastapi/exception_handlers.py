from fastapi.responses import JSONResponse


async def http_exception_handler(request, exc):
    return JSONResponse({"detail": exc.detail}, status_code=exc.status_code, headers=getattr(exc, "headers", None))


async def request_validation_exception_handler(request, exc):
    return JSONResponse(status_code=422, content={"detail": exc.errors()})


async def websocket_request_validation_exception_handler(websocket, exc):
    await websocket.close(code=1008, reason=exc.errors())
