from typing import Annotated

from fastapi import (
    APIRouter,
    BackgroundTasks,
    Depends,
    Header,
    HTTPException,
    Request,
    Response,
    status,
)
from pydantic import ValidationError
from sqlalchemy import func, select

from shop import tasks
from shop.audit import security_event
from shop.config import get_settings
from shop.dependencies import CurrentUser, Database
from shop.limits import Throttle
from shop.models import Order, WebhookTarget
from shop.schemas import (
    AvatarRequest,
    BillingEvent,
    Preview,
    Published,
    Received,
    ShopEvent,
    Url,
    WebhookCreate,
    WebhookOut,
)
from shop.services import outbound

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
outbound_throttle = Throttle("outbound", times=20)

MOST_TARGETS = 10


def refused(request: Request, error: Exception) -> HTTPException:
    security_event("outbound call refused", request, reason=type(error).__name__)
    return HTTPException(status.HTTP_400_BAD_REQUEST, "This address is not available")


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=[Depends(outbound_throttle)])
def register_webhook(
    payload: WebhookCreate, user: CurrentUser, request: Request, db: Database
) -> WebhookOut:
    own = select(func.count(WebhookTarget.id)).where(WebhookTarget.owner_id == user.id)
    if (db.scalar(own) or 0) >= MOST_TARGETS:
        raise HTTPException(status.HTTP_409_CONFLICT, "Too many webhooks")
    try:
        answer = outbound.send_event(payload.url, {"type": "ping"})
    except (outbound.TargetRefused, outbound.TargetFailed) as error:
        raise refused(request, error) from error
    target = WebhookTarget(owner_id=user.id, url=payload.url)
    db.add(target)
    db.commit()
    return WebhookOut(id=target.id, status=answer)


@router.get("/preview", dependencies=[Depends(outbound_throttle)])
def preview_target(url: Url, user: CurrentUser, request: Request) -> Preview:
    try:
        answer = outbound.preview(url)
    except (outbound.TargetRefused, outbound.TargetFailed) as error:
        raise refused(request, error) from error
    return Preview(status=answer.status, body=answer.content[:2000].decode(errors="replace"))


@router.post(
    "/events", status_code=status.HTTP_202_ACCEPTED, dependencies=[Depends(outbound_throttle)]
)
def publish_event(
    event: ShopEvent, user: CurrentUser, db: Database, background: BackgroundTasks
) -> Published:
    own = select(WebhookTarget).where(WebhookTarget.owner_id == user.id).limit(MOST_TARGETS)
    targets = list(db.scalars(own))
    for target in targets:
        background.add_task(tasks.announce, target.url, event.model_dump())
    return Published(targets=len(targets))


@router.post("/avatar", dependencies=[Depends(outbound_throttle)])
def import_avatar(payload: AvatarRequest, user: CurrentUser, request: Request) -> Response:
    try:
        content = outbound.fetch_avatar(payload.url)
    except (outbound.TargetRefused, outbound.TargetFailed) as error:
        raise refused(request, error) from error
    (get_settings().upload_dir / f"avatar-{user.id}").write_bytes(content)
    return Response(content, media_type="application/octet-stream")


@router.post("/incoming/billing")
async def incoming_billing(
    request: Request,
    db: Database,
    x_timestamp: Annotated[str, Header(max_length=20)],
    x_signature: Annotated[str, Header(max_length=100)],
) -> Received:
    body = await request.body()
    if not outbound.signature_matches(body, x_timestamp, x_signature):
        security_event("signature refused", request)
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")
    try:
        event = BillingEvent.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Not a billing event") from error
    order = db.scalar(select(Order).where(Order.number == event.order))
    if order is not None:
        order.status = event.status
        db.commit()
    return Received(received=True)
