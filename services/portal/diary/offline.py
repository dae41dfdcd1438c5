"""What the phone keeps so that the log opens without a signal: an empty page of nobody, its script, and who fetches them."""

import json
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from services.portal.sessions.cookies import language
from services.portal.web import assets
from services.portal.web.forms import Form
from services.portal.web.open import open_page
from services.portal.web.words import catalogue, say

router = APIRouter(include_in_schema=False)
_SHELL = "/catatan/kerangka"
_FILES = ("portal.css", "portal.js", "catatan.js", "icon.svg", "kinerja.webmanifest")
_SPOKEN = "diary.phone_"


def words_of(language: str) -> Mapping[str, str]:
    """What the script of the page says, by name."""
    names = [key.removeprefix(_SPOKEN) for key in catalogue() if key.startswith(_SPOKEN)]
    return {name: say(language, f"diary.phone_{name}") for name in names}


@router.get(_SHELL)
async def shell(request: Request) -> Response:
    """The page of the log without a person: filled from what the phone keeps."""
    tongue = language(request)
    page = open_page(request, "diary/shell.html", say(tongue, "diary.title"), words=words_of(tongue), form=Form())
    page.headers["Cache-Control"] = "no-cache"
    return page


@router.get("/catatan/pekerja.js")
async def worker() -> Response:
    """The service worker, with the addresses of today's files: another file has another address, so this text changes."""
    files = [assets.address(name) for name in _FILES]
    script = (assets.STATIC / "catatan-pekerja.js").read_text(encoding="utf-8")
    given = f"const FILES = {json.dumps(files)};\nconst SHELL = {json.dumps(_SHELL)};\n"
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/catatan"}
    return Response(given + script, media_type="text/javascript", headers=headers)
