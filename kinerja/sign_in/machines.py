"""Client credentials (RFC 6749, 4.4): a machine gets a token of its own city and scopes, which nothing that it asks can change."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import JSONResponse

MACHINES = "client_credentials"
"""The grant's name."""
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Access:
    """What a machine is given."""

    token: str
    scopes: tuple[str, ...]
    seconds: int


Admit = Callable[[str, str], Access | None]
"""By id and secret; None where they do not fit."""


def nobody(_name: str, _secret: str) -> Access | None:
    """Where there are no machines."""
    return None


def access(admitted: Access | None, asked: str) -> JSONResponse:
    """The answer of the token endpoint: always all scopes of the machine; whoever asks for another is refused."""
    if admitted is None:
        return refused()
    if not set(asked.split()) <= set(admitted.scopes):
        return JSONResponse({"error": "invalid_scope"}, 400, _NO_STORE)
    told = {
        "access_token": admitted.token,
        "token_type": "Bearer",
        "expires_in": admitted.seconds,
        "scope": " ".join(admitted.scopes),
    }
    return JSONResponse(told, headers=_NO_STORE)


def refused() -> JSONResponse:
    """To an unknown client as to a wrong secret."""
    return JSONResponse({"error": "invalid_client"}, 401, {"WWW-Authenticate": "Basic"} | _NO_STORE)
