"""How patient the mailer is with one e-mail."""

MOST_TRIES = 5
FIRST_WAIT_SECONDS = 10.0
_FACTOR = 4


def wait_after(tries: int) -> float | None:
    """Seconds until the next try after so many failed ones (10 s, 40 s, 160 s, 640 s); None when it is given up."""
    return None if tries >= MOST_TRIES else FIRST_WAIT_SECONDS * _FACTOR ** (tries - 1)
