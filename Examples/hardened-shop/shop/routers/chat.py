from collections import defaultdict
from typing import Annotated

from fastapi import APIRouter, Depends, Path, WebSocket, WebSocketDisconnect, status
from pydantic import ValidationError
from sqlalchemy import select, text
from starlette.concurrency import run_in_threadpool

from shop.database import SessionLocal
from shop.dependencies import CurrentUser, Database, websocket_user
from shop.limits import SlidingWindow
from shop.models import ChatMessage, User
from shop.schemas import ChatMessageIn, ChatMessageOut

router = APIRouter(prefix="/chat", tags=["chat"])
rooms: dict[str, set[WebSocket]] = defaultdict(set)
message_window = SlidingWindow(times=30, seconds=60)

LARGEST_MESSAGE = 8_000
Room = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,40}$")]
INSERT = text("INSERT INTO chat_messages (room, author, body) VALUES (:room, :author, :body)")


@router.websocket("/{room}")
async def chat(
    websocket: WebSocket, room: Room, user: Annotated[User, Depends(websocket_user)]
) -> None:
    await websocket.accept()
    rooms[room].add(websocket)
    try:
        while True:
            received = await websocket.receive_text()
            if len(received) > LARGEST_MESSAGE or not message_window.allows(str(user.id)):
                await websocket.close(status.WS_1008_POLICY_VIOLATION)
                break
            try:
                body = ChatMessageIn.model_validate_json(received).body
            except ValidationError:
                await websocket.close(status.WS_1007_INVALID_FRAME_PAYLOAD_DATA)
                break
            message = ChatMessageOut(author=user.full_name, body=body)
            await run_in_threadpool(store, room, message)
            for member in list(rooms[room]):
                await member.send_json(message.model_dump())
    except WebSocketDisconnect:
        pass
    finally:
        rooms[room].discard(websocket)
        if not rooms[room]:
            del rooms[room]


def store(room: str, message: ChatMessageOut) -> None:
    with SessionLocal() as db:
        db.execute(INSERT, {"room": room, "author": message.author, "body": message.body})
        db.commit()


@router.get("/{room}/messages", response_model=list[ChatMessageOut])
def read_messages(room: Room, user: CurrentUser, db: Database) -> list[ChatMessage]:
    query = select(ChatMessage).where(ChatMessage.room == room).order_by(ChatMessage.id.desc())
    return list(reversed(list(db.scalars(query.limit(100)))))
