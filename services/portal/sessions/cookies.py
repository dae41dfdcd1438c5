"""The two cookies: the session's, and for some minutes what signing in must remember."""

import hashlib
import secrets
from typing import Any

from cryptography.fernet import InvalidToken
from fastapi import Request, Response

from services.portal.sessions.crypt import Crypt

SESSION = "__Host-sid"
SIGNING_IN = "__Host-masuk"
SIGNING_IN_SECONDS = 600
LANGUAGE = "bahasa"
_YEAR = 365 * 86_400


def new_key() -> str:
    """256 random bits: all that the browser holds."""
    return secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """What the database knows the session by."""
    return hashlib.sha256(key.encode()).hexdigest()


def give(response: Response, key: str) -> None:
    """The session's cookie; without an end of its own, since the server decides when it ends."""
    response.set_cookie(SESSION, key, path="/", secure=True, httponly=True, samesite="lax")


def take_away(response: Response) -> None:
    """Forget the session in the browser as well."""
    response.delete_cookie(SESSION, path="/", secure=True, httponly=True, samesite="lax")


def remember_signing_in(response: Response, crypt: Crypt, what: dict[str, str]) -> None:
    """State, nonce, verifier and the page to return to: encrypted, for ten minutes."""
    sealed = crypt.seal(what).decode()
    response.set_cookie(
        SIGNING_IN, sealed, max_age=SIGNING_IN_SECONDS, path="/", secure=True, httponly=True, samesite="lax"
    )


def signing_in(request: Request, crypt: Crypt) -> dict[str, str] | None:
    """What was remembered, if this browser began to sign in within the last ten minutes."""
    try:
        found: Any = crypt.open(request.cookies.get(SIGNING_IN, ""), seconds=SIGNING_IN_SECONDS)
    except InvalidToken:
        return None
    return found if isinstance(found, dict) else None


def forget_signing_in(response: Response) -> None:
    """It is over, one way or the other."""
    response.delete_cookie(SIGNING_IN, path="/", secure=True, httponly=True, samesite="lax")


def set_language(response: Response, language: str) -> None:
    """Of this browser; nobody's secret."""
    response.set_cookie(LANGUAGE, language, max_age=_YEAR, path="/", secure=True, samesite="lax")


def language(request: Request) -> str:
    """What was chosen in this browser, else Indonesian."""
    chosen = request.cookies.get(LANGUAGE)
    return chosen if chosen in ("id", "en") else "id"
