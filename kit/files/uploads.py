"""Files that come with a form over HTTP: as they arrive, and what is wrong in them in the reader's language."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Self

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from kit.aside.bounds import Exhausted
from kit.aside.process import Part
from kit.errors import Invalid
from kit.files.errors import FileError, FileErrors, Place, quoted
from kit.problems import language
from kit.unknown import require_named

FILES = "files"
"""The part of a form in which files come."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it comes, not read yet."""

    name: str
    size: int
    read: Callable[[int], Awaitable[bytes]]

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """One that is in memory."""
        return cls(name, len(content), Part.of(content).read)


class InvalidFiles(Invalid):
    """The files have errors; nothing was changed."""

    def __init__(self, errors: Sequence[FileError], total: int, notes: Mapping[str, Any] | None = None) -> None:
        shown = "" if total <= len(errors) else (f" (the first {len(errors)} are listed)")
        dari = "" if total <= len(errors) else (f" ({len(errors)} yang pertama ditampilkan)")
        super().__init__(
            f"{total} mistake{'' if total == 1 else 's'} in the files{shown}: nothing was changed",
            f"{total} kesalahan dalam berkas{dari}: tidak ada yang diubah",
        )
        self.errors, self.total = errors, total
        self.notes = notes or {}
        """What whoever sent them is asked."""


def require_none(errors: FileErrors) -> None:
    """Raises InvalidFiles with the mistakes that were found."""
    if errors:
        raise InvalidFiles(errors.in_order(), errors.total)


def too_much(file: str, error: Exhausted) -> InvalidFiles:
    """Reading the file took more than any honest one needs."""
    errors = FileErrors()
    what = {"time": ("time", "waktu"), "memory": ("memory", "memori")}[error.what]
    wrong = (
        f"reading this file took more {what[0]} than any honest one needs",
        f"membaca berkas ini perlu {what[1]} lebih dari yang wajar",
    )
    fix = (
        "copy the table into a new workbook, or save it as CSV UTF-8",
        "salin tabel ke buku kerja baru, atau simpan sebagai CSV UTF-8",
    )
    errors.add(Place(quoted(file)), wrong, fix)
    return InvalidFiles(errors.in_order(), errors.total)


@asynccontextmanager
async def form_of(
    request: Request, *, files: int, parts: Collection[str] = ()
) -> AsyncIterator[tuple[list[Sent], FormData]]:
    """The files of a form and its other parts, closed when this is left; raises Invalid for what is no such form."""
    try:
        form = await request.form(max_files=files + 1, max_fields=len(parts) + files)
    except HTTPException as error:
        raise Invalid(
            f"this is no form with files: {error.detail}", "isian ini bukan formulir berisi berkas"
        ) from error
    try:
        require_named(("body",), form.keys(), {FILES, *parts})
        yield [_sent(one) for one in form.getlist(FILES) if isinstance(one, UploadFile)], form
    finally:
        await form.close()


def _sent(file: UploadFile) -> Sent:
    return Sent(PurePath(file.filename or "-").name, file.size or 0, file.read)


@contextmanager
def told_to(request: Request) -> Iterator[None]:
    """What is wrong in the files, in the reader's language."""
    try:
        yield
    except InvalidFiles as error:
        shown = [in_one_language(one, language(request)) for one in error.errors]
        asked = {name: error.notes[name] for name in ("mappings", "questions") if error.notes.get(name)}
        raise Invalid(error.en, error.indonesian, errors=shown, total=error.total, **asked) from error


def in_one_language(error: FileError, tongue: str) -> dict[str, str | int]:
    """One mistake as it is told over HTTP."""
    wrong, fix = error.wrong, error.fix
    told: dict[str, str | int] = {
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "wrong": wrong.id if tongue == "id" else wrong.en,
        "mend": fix.id if tongue == "id" else fix.en,
    }
    return told | {"sheet": error.sheet} if error.sheet else told


def form_with(description: str, **parts: Mapping[str, Any]) -> dict[str, Any]:
    """For ``openapi_extra``. Declared and not taken by FastAPI: it would read the files inside the transaction."""
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    properties = {FILES: {"type": "array", "items": file, "description": description}, **parts}
    schema = {"type": "object", "required": [FILES], "properties": properties}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}
