"""Pages for whoever holds a paper, without signing in: whether its code is known, and whether its file is the one made."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from services.portal.papers.queries.papers import Verified, verify
from services.portal.papers.rules.codes import normal
from services.portal.papers.rules.labels import FORMS, TITLES
from services.portal.papers.rules.written import Writer, said
from services.portal.sessions.cookies import language
from services.portal.web.open import open_page
from services.portal.web.words import say

router = APIRouter(include_in_schema=False)
LARGEST = 10_000_000
"""Bytes of a file that is compared; the longest form has a tenth of it."""
_ZONE = "Asia/Jakarta"
"""Whoever holds a paper may be anywhere: the capital's time."""


@router.get("/keaslian")
async def ask(request: Request, kode: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The field for a code that was read off a paper."""
    code = normal(kode)
    if code is not None:
        return RedirectResponse(f"/keaslian/{code}", 303)
    return _page(request, await verify(request.app.state.database, kode) if kode.strip() else None)


@router.get("/keaslian/{code}")
async def known(request: Request, code: str) -> Response:
    """Where the code on a paper leads."""
    _not_too_often(request)
    return _page(request, await verify(request.app.state.database, code))


@router.post("/keaslian/{code}")
async def compared(request: Request, code: str, berkas: UploadFile) -> Response:
    """The same, the file beside it; nothing is kept and nothing is changed, so there is no token to ask for."""
    _not_too_often(request)
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise HTTPException(403)
    if (berkas.size or 0) > LARGEST:
        raise HTTPException(413)
    return _page(request, await verify(request.app.state.database, code, await berkas.read()))


def _not_too_often(request: Request) -> None:
    request.app.state.rates.visited(request.client.host if request.client else None)


def _page(request: Request, found: Verified | None) -> Response:
    tongue = language(request)
    shown: dict[str, Any] = {"found": found, "form": None}
    if found is not None and found.paper is not None:
        number, write = FORMS.get(found.paper.kind), Writer(tongue, _ZONE)
        name = said(TITLES[found.paper.kind], tongue)
        shown |= {
            "name": name if number is None else f"{name} ({said(number, tongue)})",
            "made_at": write.moment(found.paper.made_at),
            "newer_at": None if found.newer is None else write.moment(found.newer.made_at),
        }
    return open_page(request, "papers/genuine.html", say(tongue, "papers.title"), **shown)
