"""Makes the e-mail of a notice."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID


def compose(*, sender: str, to: str, notice_id: UUID, subject: str, body: str, written_at: datetime) -> EmailMessage:
    """Plain text in UTF-8; the Message-ID follows from the notice, so a repeated e-mail is recognisable."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = f"<{notice_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, charset="utf-8")
    return message
