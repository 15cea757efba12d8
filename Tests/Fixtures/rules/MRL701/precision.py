"""Passwords that a program knows in order to refuse them."""
import hmac

LEGACY_ADMIN_PASSWORD = "orchard-2019"
FORBIDDEN_PASSWORD = "orchard-demo"
BACKUP_PASSWORD = "kR7-fw2-pl9"  # expect: MRL701


def is_refused(password: str) -> bool:
    return hmac.compare_digest(password, LEGACY_ADMIN_PASSWORD) or hmac.compare_digest(password, FORBIDDEN_PASSWORD)
