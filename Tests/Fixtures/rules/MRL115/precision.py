"""Comparisons that keep records in order, beside those that let someone in."""
from app_settings import settings

INTERNAL_API_KEY = "internal"


def still_mine(job, owner_token: str) -> bool:
    return job.owner_token == owner_token


def same_conversation(before, after) -> bool:
    return before.session_id == after.session_id


def is_stale(manifest, options_signature: str) -> bool:
    return manifest.options_signature != options_signature


def is_internal(record) -> bool:
    return record.api_key == INTERNAL_API_KEY


def is_trusted(expected_signature: str, received: str) -> bool:
    return expected_signature == received  # expect: MRL115


def is_partner(key: str) -> bool:
    return key == settings.partner_api_key  # expect: MRL115
