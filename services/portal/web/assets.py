"""Files that browsers keep: style, script, icons. Their address holds their hash, so that they never go stale."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

import brotli
from fastapi import APIRouter, HTTPException, Request, Response

STATIC = Path(__file__).parents[1] / "static"
_FOREVER = "public, max-age=31536000, immutable"
_DIGITS = 10
_COMPRESSED = (".css", ".js", ".svg", ".webmanifest")
router = APIRouter(prefix="/aset", include_in_schema=False)
mimetypes.add_type("application/manifest+json", ".webmanifest")


@cache
def address(name: str) -> str:
    """``/aset/<hash>/portal.css``; raises FileNotFoundError for what is not there."""
    return f"/aset/{_digest(name)}/{name}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:_DIGITS]


@cache
def _content(name: str, compressed: bool) -> bytes:  # noqa: FBT001 - the key of a cache
    content = (STATIC / name).read_bytes()
    if name.endswith(".webmanifest"):  # what it names has an address of its own
        content = content.replace(b'"icon.svg"', f'"{address("icon.svg")}"'.encode())
    return brotli.compress(content, quality=11) if compressed else content


@router.get("/{digest}/{name}")
async def read(digest: str, name: str, request: Request) -> Response:
    """One file, for ever."""
    if not (STATIC / name).is_file() or digest != _digest(name):
        raise HTTPException(404)
    squeezed = name.endswith(_COMPRESSED) and "br" in request.headers.get("Accept-Encoding", "")
    headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(
        _content(name, squeezed), media_type=kind, headers=headers | ({"Content-Encoding": "br"} if squeezed else {})
    )
