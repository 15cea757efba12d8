"""Work that is done after the answer has been sent."""

import logging
import shutil
import subprocess

from shop.config import get_settings
from shop.schemas import PingTarget
from shop.services import mailer, outbound

logger = logging.getLogger(__name__)


def send_mail(to: str, subject: str, body: str) -> None:
    mailer.deliver(to, subject, body)


def make_thumbnail(storage_name: str) -> None:
    folder = get_settings().upload_dir
    shutil.copyfile(folder / storage_name, folder / f"{storage_name}-thumb")


def ping(host: PingTarget) -> str:
    result = subprocess.run(
        ["getent", "hosts", host.value], capture_output=True, text=True, timeout=10, check=False
    )
    return result.stdout


def announce(url: str, event: dict) -> None:
    try:
        outbound.send_event(url, event)
    except (outbound.TargetRefused, outbound.TargetFailed):
        logger.warning("webhook not delivered")
