from starlette.requests import Request as Request, HTTPConnection as HTTPConnection
