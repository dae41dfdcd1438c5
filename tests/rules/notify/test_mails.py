"""What an e-mail looks like."""

from email.utils import parsedate_to_datetime
from uuid import UUID

from services.notify.mail.rules.mails import compose
from tests.support.clock import MONDAY


def test_the_message_id_follows_from_the_notice() -> None:
    notice_id = UUID(int=7)
    message = compose(
        sender="kinerja@kota.go.id",
        to="ani@kota.go.id",
        notice_id=notice_id,
        subject="Hasil: “Baik”",
        body="Yth. Ani",
        written_at=MONDAY,
    )
    assert message["Message-ID"] == f"<{notice_id}@kota.go.id>"
    assert message["Subject"] == "Hasil: “Baik”"
    assert parsedate_to_datetime(message["Date"]) == MONDAY
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
