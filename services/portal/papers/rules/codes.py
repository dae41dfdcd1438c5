"""By what a paper is recognised: the hash of what it says, a code that follows from it, and the hash of the file."""

import base64
import hashlib
import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from services.portal.papers.rules.letters import FONTS
from services.portal.papers.rules.parts import Paper

TEMPLATES = Path(__file__).parent.parent / "forms"
_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Without I, L, O and U: what is read off a paper and typed is not taken for another (Crockford's base 32)."""
_READ = str.maketrans("ILO", "110")
_CODE = re.compile(
    r"(\d{4})-?([0-9A-HJKMNP-TV-Z]{5})-?([0-9A-HJKMNP-TV-Z]{5})-?([0-9A-HJKMNP-TV-Z]{5})-?([0-9A-HJKMNP-TV-Z]{5})"
)


class Identity(NamedTuple):
    """What follows from what a paper says, in which language, for which portal, in which edition of the forms."""

    code: str
    """100 bits of the hash: whoever does not know what the paper says cannot guess it."""
    content_hash: str
    link: str


@cache
def edition() -> str:
    """Of templates, fonts and typesetter: another one of them makes other bytes, and so another paper."""
    parts = hashlib.sha256(version("typst").encode())
    for path in sorted((*TEMPLATES.glob("*.typ"), *FONTS.glob("*.ttf"))):
        parts.update(hashlib.sha256(path.read_bytes()).digest())
    return parts.hexdigest()[:16]


def identity(paper: Paper, *, language: str, address: str) -> Identity:
    """The same for the same input, whenever and wherever it is asked for; ``address`` is the portal's own."""
    said = {"paper": paper.model_dump(mode="json"), "kind": paper.kind.value, "language": language, "address": address}
    written = json.dumps(said | {"edition": edition()}, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    digest = hashlib.sha256(written.encode())
    letters = base64.b32encode(digest.digest()).decode().translate(_DIGITS)[:20]
    city = paper.head.tenant_id.replace(".", "")
    code = "-".join((city, *(letters[at : at + 5] for at in range(0, 20, 5))))
    return Identity(code, digest.hexdigest(), f"{address.rstrip('/')}/keaslian/{code}")


def normal(typed: str) -> str | None:
    """The code as it is kept, from what somebody typed or scanned; None for what cannot be one."""
    found = _CODE.fullmatch("".join(typed.split()).upper().translate(_READ))
    return None if found is None else "-".join(found.groups())


def city_of(code: str) -> str:
    """The city's number, e.g. ``14.72``: whoever verifies a paper has signed in to none."""
    return f"{code[:2]}.{code[2:4]}"


def hash_of(file: bytes) -> str:
    """SHA-256 of a file, byte for byte."""
    return hashlib.sha256(file).hexdigest()
