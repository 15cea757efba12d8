import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        "shop.main:app",
        host="127.0.0.1",
        port=8000,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=200,
        ws_max_size=65_536,
    )
