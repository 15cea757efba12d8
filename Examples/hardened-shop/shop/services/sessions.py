"""Pairs of tokens, their rotation and their end."""

from datetime import timedelta

import jwt
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from shop import security
from shop.audit import security_event
from shop.config import get_settings
from shop.models import RefreshSession, User, utcnow
from shop.schemas import TokenPair


def open_session(db: Session, user: User) -> TokenPair:
    lifetime = timedelta(days=get_settings().refresh_token_days)
    session = RefreshSession(user_id=user.id, expires_at=utcnow() + lifetime)
    db.add(session)
    db.commit()
    return TokenPair(
        access_token=security.create_access_token(user.id, user.token_version),
        refresh_token=security.create_refresh_token(user.id, session.id, lifetime),
    )


def rotate(db: Session, refresh_token: str) -> TokenPair | None:
    try:
        claims = security.decode_refresh_token(refresh_token)
        user = db.get(User, int(claims["sub"]))
    except (jwt.PyJWTError, ValueError):
        return None
    if user is None or not user.is_active:
        return None
    taken = db.execute(
        update(RefreshSession)
        .where(
            RefreshSession.id == claims.get("jti"),
            RefreshSession.user_id == user.id,
            RefreshSession.used.is_(False),
        )
        .values(used=True)
    )
    if taken.rowcount != 1:
        security_event("refresh token used again", user=user.id)
        end_sessions(db, user)
        return None
    return open_session(db, user)


def end_sessions(db: Session, user: User) -> None:
    user.token_version += 1
    db.execute(delete(RefreshSession).where(RefreshSession.user_id == user.id))
    db.commit()
