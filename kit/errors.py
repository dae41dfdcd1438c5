"""What can go wrong, said once; each door (HTTP, Kafka, Temporal) translates it once."""

from typing import Any, ClassVar


class KinerjaError(Exception):
    """An error that somebody outside gets to see, in English and Indonesian."""

    status: ClassVar[int] = 500
    kind: ClassVar[str] = "internal"
    title: ClassVar[tuple[str, str]] = ("Internal error", "Kesalahan internal")
    retryable: ClassVar[bool] = False

    def __init__(self, en: str, indonesian: str | None = None, **extra: Any) -> None:
        super().__init__(en)
        self.en = en
        self.indonesian = indonesian or en
        self.extra = extra

    def detail(self, language: str) -> str:
        """The message in ``id`` or ``en``."""
        return self.indonesian if language == "id" else self.en


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
