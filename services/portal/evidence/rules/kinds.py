"""Which files are taken, told by their first bytes and never by their name."""

import io
import zipfile

LARGEST = 5_000_000
"""Bytes of one file; photos are shrunk in the browser to some 200,000."""
CHUNK = 256_000
"""Bytes of one part at most."""

_BEGINS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MACROS = "vbaProject.bin"
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"
"""For the browser's own dialogue."""


class Unfit(Exception):
    """A file that is not taken; the key of the words that say why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def media_type(content: bytes) -> str:
    """What the content is; raises Unfit for what is empty, too large, of another kind, or holds macros."""
    if not content:
        raise Unfit("empty")
    if len(content) > LARGEST:
        raise Unfit("large")
    for begins, found in _BEGINS:
        if content.startswith(begins):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return _office(content)


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unfit("kind") from None
    if any(name.endswith(_MACROS) for name in names):
        raise Unfit("macros")
    found = next((kind for name, kind in _OFFICE.items() if name in names), None)
    if found is None:
        raise Unfit("kind")
    return found
