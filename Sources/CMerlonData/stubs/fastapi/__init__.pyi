"""FastAPI 0.65 to 0.165."""
from fastapi.applications import FastAPI as FastAPI
from fastapi.routing import APIRouter as APIRouter
from fastapi.exceptions import HTTPException as HTTPException, WebSocketException as WebSocketException
from fastapi.param_functions import (
    Body as Body,
    Cookie as Cookie,
    Depends as Depends,
    File as File,
    Form as Form,
    Header as Header,
    Path as Path,
    Query as Query,
    Security as Security,
)
from starlette.background import BackgroundTasks as BackgroundTasks
from starlette.datastructures import UploadFile as UploadFile
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.websockets import WebSocket as WebSocket, WebSocketDisconnect as WebSocketDisconnect
from starlette import status as status
