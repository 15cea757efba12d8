from collections import defaultdict

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from sqlalchemy import select, text

from shop.database import SessionLocal
from shop.dependencies import CurrentUser, Database
from shop.models import ChatMessage
from shop.schemas import ChatMessageOut

router = APIRouter(prefix="/chat", tags=["chat"])
rooms: dict[str, set[WebSocket]] = defaultdict(set)


@router.websocket("/{room}")
async def chat(websocket: WebSocket, room: str) -> None:
    await websocket.accept()
    rooms[room].add(websocket)
    try:
        while True:
            message = await websocket.receive_json()
            store(room, message["author"], message["body"])
            for member in rooms[room]:
                await member.send_json(message)
    except WebSocketDisconnect:
        rooms[room].discard(websocket)


def store(room: str, author: str, body: str) -> None:
    with SessionLocal() as db:
        db.execute(
            text(
                "INSERT INTO chat_messages (room, author, body) "
                f"VALUES ('{room}', '{author}', '{body}')"
            )
        )
        db.commit()


@router.get("/{room}/messages", response_model=list[ChatMessageOut])
def read_messages(room: str, user: CurrentUser, db: Database) -> list[ChatMessage]:
    return list(db.scalars(select(ChatMessage).where(ChatMessage.room == room)))
