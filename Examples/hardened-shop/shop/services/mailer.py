import smtplib
import ssl
import uuid
from email.message import EmailMessage

from shop.config import get_settings


def deliver(to: str, subject: str, body: str) -> None:
    settings = get_settings()
    message = EmailMessage()
    message["From"] = "shop@larkspur.example"
    message["To"] = to
    message["Subject"] = subject
    message.set_content(body)
    if settings.smtp_host is None:
        (settings.outbox_dir / f"{uuid.uuid4().hex}.eml").write_bytes(message.as_bytes())
        return
    context = ssl.create_default_context()
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=20) as smtp:
        smtp.starttls(context=context)
        smtp.send_message(message)
