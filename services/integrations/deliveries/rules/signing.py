"""The headers of a message by Standard Webhooks: which it is, when it was sent, and by whom."""

from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook

CONTENT = "application/cloudevents+json; charset=utf-8"


def headers(
    *, message_id: str, body: str, secrets: Sequence[str], at: datetime, replay: int = 0, traceparent: str | None = None
) -> dict[str, str]:
    """What goes with a body: one signature for each secret that is valid now, the newest first.

    ``at`` is the wall's time, in UTC: receivers refuse what is older than five minutes by their own.
    """
    signed = " ".join(Webhook(secret).sign(message_id, at, body) for secret in secrets)
    said = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signed,
        "content-type": CONTENT,
        "user-agent": "Kinerja-Webhooks/1",
    }
    more = {"webhook-replay": str(replay) if replay else None, "traceparent": traceparent}
    return said | {name: value for name, value in more.items() if value is not None}
