"""Forms come from our own pages alone: a token of the session in each, and the browser's word where it comes from."""

import hmac
import secrets
from collections.abc import Mapping

_BYTES = 32
_OURS = ("same-origin", "none")


class Forged(Exception):
    """A form that none of our pages in this session has sent."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """``stale`` (another session's token, or none) or ``elsewhere`` (another site)."""


def new_secret() -> str:
    """The secret of a session."""
    return secrets.token_hex(_BYTES)


def masked(secret: str) -> str:
    """The secret as a page shows it: another text each time, so that compression tells nobody what it is."""
    mask = secrets.token_bytes(_BYTES)
    return mask.hex() + _mixed(bytes.fromhex(secret), mask).hex()


def require_own(secret: str, token: str, headers: Mapping[str, str]) -> None:
    """Raises Forged unless the token is this session's and the form comes from one of our pages."""
    if headers.get("Sec-Fetch-Site", "none") not in _OURS:
        raise Forged("elsewhere")
    try:
        raw = bytes.fromhex(token)
    except ValueError:
        raise Forged("stale") from None
    if len(raw) != 2 * _BYTES or not hmac.compare_digest(_mixed(raw[_BYTES:], raw[:_BYTES]), bytes.fromhex(secret)):
        raise Forged("stale")


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
