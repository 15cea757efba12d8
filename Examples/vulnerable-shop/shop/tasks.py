"""Work that is done after the answer has been sent."""

import os
import subprocess

from shop.config import get_settings
from shop.services import mailer, outbound


def send_mail(to: str, subject: str, body: str) -> None:
    mailer.deliver(to, subject, body)


def make_thumbnail(name: str, width: int) -> None:
    folder = get_settings().upload_dir
    os.system(f"cd {folder} && cp {name} thumb-{width}.bin")


def ping(host: str) -> str:
    result = subprocess.run(
        f"getent hosts {host}", shell=True, capture_output=True, text=True, timeout=10
    )
    return result.stdout


def announce(url: str, event: dict) -> None:
    outbound.send_event(url, event)
