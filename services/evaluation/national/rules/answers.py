"""What an answer of the gateway to a row means."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.evaluation.national.rules.forms import folded

LONGEST = 1_000
"""Characters of the gateway's words that are kept."""
_REFUSING = frozenset({400, 404, 422})
_DUPLICATE = ("sudah ada", "sudah terdaftar", "duplikat", "duplicate", "already exists")
_UNTRUE = frozenset({"false", "0", "gagal", "failed", "error"})
_TOO_MANY, _CONFLICT, _NOT_FOUND = 429, 409, 404
_NOTHING = ("tidak ditemukan", "tidak ada", "not found")
_UNKNOWN_TOKEN = frozenset({401, 403})


class Meaning(StrEnum):
    """What follows from an answer."""

    TAKEN = "TAKEN"
    REFUSED = "REFUSED"
    DUPLICATE = "DUPLICATE"
    """It says that it has such a result already: which one it has, its list tells."""
    BUSY = "BUSY"
    """It did nothing, and asks to be left alone for a while."""
    TOKEN = "TOKEN"  # noqa: S105 - a word
    """It did nothing: it does not take our tokens (any more)."""
    UNCLEAR = "UNCLEAR"
    """It may have taken the row or not: also a 503, which what stands before the gateway may say while that works on."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it came, its names folded."""

    status: int
    body: Any
    retry_after: str | None = None

    @classmethod
    def of(cls, status: int, text: str, retry_after: str | None = None) -> "Said":
        """From what came over HTTP; what is no JSON has no body."""
        try:
            body = folded(json.loads(text))
        except ValueError:
            body = None
        return cls(status, body, retry_after)

    @property
    def fine(self) -> bool:
        """Any 2xx."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """What it says of itself."""
        body = self.body if isinstance(self.body, Mapping) else {}
        found = next((body[name] for name in ("message", "pesan", "error", "detail") if body.get(name)), "")
        return _plain(found) or f"HTTP {self.status}"

    @property
    def number(self) -> str | None:
        """The id that it gave to what it took."""
        return id_of(self.body)

    @property
    def entries(self) -> list[Any]:
        """The things that it lists; a list of none is often a text."""
        found = self.body.get("data") if isinstance(self.body, Mapping) else self.body
        return found if isinstance(found, list) else []


def meaning(said: Said) -> Meaning:
    """Of an answer to a row that was sent."""
    if said.status == _TOO_MANY:
        return Meaning.BUSY
    if said.status in _UNKNOWN_TOKEN:
        return Meaning.TOKEN
    if said.status == _CONFLICT:
        return Meaning.DUPLICATE
    # A refusal whose words were lost on the way is no reason: it is asked for again.
    if not isinstance(said.body, Mapping) or not (said.fine or said.status in _REFUSING):
        return Meaning.UNCLEAR
    if said.fine and not _denies(said.body):
        return Meaning.TAKEN
    return Meaning.DUPLICATE if any(one in said.words.lower() for one in _DUPLICATE) else Meaning.REFUSED


def _plain(words: object) -> str:
    """What a database can hold of it."""
    return str(words)[:LONGEST].encode("utf-8", "replace").decode().replace("\0", "").strip()


def _denies(body: Mapping[str, Any]) -> bool:
    """An error under a status that says that all is well."""
    told = next((body[name] for name in ("success", "sukses", "status", "code") if name in body), True)
    return str(told).lower() in _UNTRUE


def id_of(body: Any) -> str | None:
    if not isinstance(body, Mapping):
        return None
    for name in ("id", "rwskpid", "rwkinerjaperiodikid"):
        if isinstance(body.get(name), str | int):
            return _plain(body[name])
    return next((found for name in ("mapdata", "data") if (found := id_of(body.get(name)))), None)


def listed(said: Said) -> list[Any] | None:
    """What an answer to a question lists, none where there is nothing; None for one that says neither."""
    if said.status == _NOT_FOUND:
        return []
    if not said.fine or not isinstance(said.body, Mapping | list):
        return None
    if isinstance(said.body, Mapping) and _denies(said.body):
        return [] if any(one in said.words.lower() for one in _NOTHING) else None
    return said.entries


def person_in(said: Said) -> str | None:
    """The id by which the gateway knows a person; None where its answer tells of none."""
    return id_of(said.body.get("data", said.body)) if isinstance(said.body, Mapping) else None


def knows_nobody(said: Said) -> bool:
    """Whether an answer says that there is no such person, and not merely something that nobody expects."""
    return listed(said) == [] and (said.status == _NOT_FOUND or "data" in said.body or _denies(said.body))
