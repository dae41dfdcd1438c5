"""What can go wrong, said once; each door (HTTP, Kafka, Temporal) translates it once."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class KinerjaError(Exception):
    """An error that somebody outside gets to see, in English and Indonesian."""

    status: ClassVar[int] = 500
    kind: ClassVar[str] = "internal"
    title: ClassVar[tuple[str, str]] = ("Internal error", "Kesalahan internal")
    retryable: ClassVar[bool] = False
    headers: Mapping[str, str] = {}
    """What the answer over HTTP says beside the body, e.g. when to come again."""

    def __init__(self, en: str, indonesian: str | None = None, **extra: Any) -> None:
        super().__init__(en)
        self.en = en
        self.indonesian = indonesian or en
        self.extra = extra

    def detail(self, language: str) -> str:
        """The message in ``id`` or ``en``."""
        return self.indonesian if language == "id" else self.en


Fault = dict[str, object]
"""One place of a request that is wrong."""


def fault(where: str, en: str, indonesian: str, **more: object) -> Fault:
    """For the ``errors`` of Invalid: the reader is told the ``detail`` in one of the languages (see ``kit.problems``)."""
    return {"where": where, "detail": (en, indonesian), **more}


def details(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """What is wrong in each place, in English and Indonesian."""
    return [one["detail"] for one in faults if isinstance(one["detail"], tuple)]


class Refused(KinerjaError):
    """The rules forbid it; asking again will not help."""

    status = 409
    kind = "refused"
    title = ("Not possible in this state", "Tidak dapat dilakukan pada keadaan ini")


class Forbidden(KinerjaError):
    """The actor's relation to the person concerned does not allow it."""

    status = 403
    kind = "forbidden"
    title = ("Not allowed", "Tidak berwenang")


class Unauthenticated(KinerjaError):
    """No token, or one that does not verify."""

    status = 401
    kind = "unauthenticated"
    title = ("Not signed in", "Belum masuk")
    headers: Mapping[str, str] = {"WWW-Authenticate": "Bearer"}


class NotFound(KinerjaError):
    """No such thing in this city."""

    status = 404
    kind = "not-found"
    title = ("Not found", "Tidak ditemukan")


class Invalid(KinerjaError):
    """The request itself is wrong; ``errors`` says where and how to fix it."""

    status = 422
    kind = "invalid"
    title = ("Invalid request", "Permintaan tidak sah")


class UnknownName(KinerjaError):
    """A field or parameter that the route does not have; ``errors`` says which, and the nearest that it has."""

    status = 400
    kind = "unknown-name"
    title = ("Unknown field or parameter", "Isian atau parameter tidak dikenal")


class Stale(KinerjaError):
    """Somebody else changed it since it was read (If-Match)."""

    status = 412
    kind = "stale"
    title = ("Changed meanwhile", "Sudah diubah orang lain")


class NotReady(KinerjaError):
    """Something this depends on has not arrived yet; asking again soon will help."""

    status = 503
    kind = "not-ready"
    title = ("Not ready yet", "Belum siap")
    retryable = True
    headers: Mapping[str, str] = {"Retry-After": "2"}


class Busy(NotReady):
    """Everybody who could answer is busy, or what they need is away; nothing was changed."""

    kind = "busy"
    title = ("Busy", "Sedang sibuk")


class ReadOnly(NotReady):
    """Whoever runs the system lets it be read and not changed for a while; nothing was changed."""

    kind = "read-only"
    title = ("Read-only for now", "Sementara hanya dapat dibaca")
    headers: Mapping[str, str] = {"Retry-After": "60"}


def read_only(*, writes: bool) -> ReadOnly:
    """For a change; or for a reading that must be noted, which is no reading without the note."""
    if writes:
        return ReadOnly(
            "the system can be read and takes no changes at the moment: nothing was changed, try again later",
            "sistem sementara hanya dapat dibaca dan tidak menerima perubahan: tidak ada yang diubah, coba lagi nanti",
        )
    return ReadOnly(
        "the system takes no changes at the moment, so it cannot note who reads records of others, and shows none that it"
        " must note: try again later",
        "sistem sementara tidak menerima perubahan, sehingga pembacaan data orang lain tidak dapat dicatat, dan data yang"
        " pembacaannya harus dicatat tidak ditampilkan: coba lagi nanti",
    )


class TooMany(KinerjaError):
    """More requests than one person or one address may send; ``after`` seconds there is room again."""

    status = 429
    kind = "too-many"
    title = ("Too many requests", "Terlalu banyak permintaan")
    retryable = True

    def __init__(self, en: str, indonesian: str, *, after: float) -> None:
        super().__init__(en, indonesian)
        self.headers = {"Retry-After": str(max(1, math.ceil(after)))}


class TooLarge(KinerjaError):
    """The body is larger than the route takes."""

    status = 413
    kind = "too-large"
    title = ("Too large", "Terlalu besar")


class TooSlow(KinerjaError):
    """The request did not arrive in the time that it is given."""

    status = 408
    kind = "too-slow"
    title = ("Too slow", "Terlalu lambat")


class HeadTooLarge(KinerjaError):
    """Request line and headers are larger than what is read."""

    status = 431
    kind = "head-too-large"
    title = ("Headers too large", "Header terlalu besar")


class Malformed(KinerjaError):
    """What arrived is not HTTP/1.1."""

    status = 400
    kind = "malformed"
    title = ("Not a request", "Bukan permintaan HTTP")
