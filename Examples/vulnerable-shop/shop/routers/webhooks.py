import hashlib
import hmac

from fastapi import APIRouter, BackgroundTasks, HTTPException, Request, Response, status
from sqlalchemy import select

from shop import tasks
from shop.config import get_settings
from shop.dependencies import CurrentUser, Database
from shop.models import Order, WebhookTarget
from shop.schemas import AvatarRequest, ShopEvent, WebhookCreate
from shop.services import outbound

router = APIRouter(prefix="/webhooks", tags=["webhooks"], strict_content_type=False)


@router.post("", status_code=status.HTTP_201_CREATED)
def register_webhook(payload: WebhookCreate, user: CurrentUser, db: Database) -> dict:
    target = WebhookTarget(owner_id=user.id, url=payload.url)
    db.add(target)
    db.commit()
    return {"id": target.id, "status": outbound.send_event(target.url, {"type": "ping"})}


@router.get("/preview")
def preview_target(url: str, user: CurrentUser) -> dict:
    try:
        return outbound.preview(url)
    except Exception as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, str(error)) from error


@router.post("/events", status_code=status.HTTP_202_ACCEPTED)
def publish_event(
    event: ShopEvent, user: CurrentUser, db: Database, background: BackgroundTasks
) -> dict:
    targets = list(db.scalars(select(WebhookTarget).where(WebhookTarget.owner_id == user.id)))
    for target in targets:
        background.add_task(tasks.announce, target.url, event.model_dump())
    return {"targets": len(targets)}


@router.post("/avatar")
async def import_avatar(payload: AvatarRequest, user: CurrentUser) -> Response:
    content = await outbound.fetch_avatar(payload.url)
    (get_settings().upload_dir / f"avatar-{user.id}").write_bytes(content)
    return Response(content, media_type="application/octet-stream")


@router.post("/incoming/billing")
async def incoming_billing(request: Request, db: Database) -> dict:
    body = await request.body()
    signature = hmac.new(outbound.WEBHOOK_TOKEN.encode(), body, hashlib.sha256).hexdigest()
    if request.headers.get("x-signature") != signature:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Bad signature")
    event = await request.json()
    order = db.scalar(select(Order).where(Order.number == event["order"]))
    if order is not None:
        order.status = event["status"]
        db.commit()
    return {"received": True}
