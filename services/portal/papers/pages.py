"""Official forms to download, and the page where anybody who holds one may have it verified."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from contracts.base import Relation
from services.portal.papers.commands import make
from services.portal.papers.queries import papers
from services.portal.papers.queries.evaluations import evaluation_paper, result_paper
from services.portal.papers.queries.files import file_paper
from services.portal.papers.queries.objections import objection_paper
from services.portal.papers.queries.plans import plan_paper
from services.portal.papers.queries.reads import Asked, Reads, letterhead
from services.portal.papers.queries.upward import upward_paper
from services.portal.papers.queries.visits import visit_paper
from services.portal.papers.rules.parts import Head, Paper
from services.portal.sessions.cookies import language
from services.portal.web.names import named
from services.portal.web.open import open_page
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting
from services.portal.web.words import say

router = pages()
public = APIRouter(include_in_schema=False)
LARGEST = 10_000_000
"""Bytes of a file that somebody wants compared; the largest form has some hundred thousand."""
_READERS = shown_to(Relation.ANYONE, note="who may read what the form says")
_FORMS: dict[str, Callable[[Reads, Head, UUID], Awaitable[Paper]]] = {
    "rencana": plan_paper,
    "evaluasi": evaluation_paper,
    "hasil": result_paper,
    "keberatan": objection_paper,
    "kunjungan": visit_paper,
    "pegawai": file_paper,
}
"""Forms by the word in their address, each about one thing by its id."""


@router.get("/berkas/{form}/{subject_id}.pdf", **_READERS)
async def download(form: str, subject_id: UUID, visit: Visiting) -> Response:
    """The form as it stands now."""
    if (read := _FORMS.get(form)) is None:
        raise HTTPException(404)
    reads = Asked(visit.ask, visit.copies)
    head = await letterhead(reads, visit.actor.tenant_id)
    return await _file(visit, await read(reads, head, subject_id))


@router.get("/berkas/evaluasi/{plan_id}/{period}.pdf", **_READERS)
async def of_period(plan_id: UUID, period: int, visit: Visiting) -> Response:
    """The evaluation of one month or quarter."""
    reads = Asked(visit.ask, visit.copies)
    head = await letterhead(reads, visit.actor.tenant_id)
    return await _file(visit, await evaluation_paper(reads, head, plan_id, period))


@public.get("/keaslian")
async def ask(request: Request, kode: str = "") -> Response:
    """Where a code is typed that was not scanned."""
    return await _told(request, kode) if kode else _page(request, None)


@public.get("/keaslian/{code}")
async def scanned(code: str, request: Request) -> Response:
    """Where the code on the paper leads."""
    return await _told(request, code)


@public.post("/keaslian/{code}")
async def compared(code: str, request: Request) -> Response:
    """The file compared with the one that was made; it is hashed and kept nowhere."""
    request.app.state.rates.visited(request.client.host if request.client else None)
    async with request.form(max_files=1, max_part_size=LARGEST) as form:
        file = form.get("berkas")
        content = None if file is None or isinstance(file, str) else await file.read(LARGEST)
    return await _told(request, code, content or None)


@router.get("/berkas/laporan-atas/{cycle_id}/{report_id}.pdf", **_READERS)
async def upward(cycle_id: UUID, report_id: UUID, visit: Visiting) -> Response:
    """One report of a cycle's results to the competent official."""
    reads = Asked(visit.ask, visit.copies)
    head = await letterhead(reads, visit.actor.tenant_id)
    return await _file(visit, await upward_paper(reads, head, cycle_id, report_id))


async def _file(visit: Visit, paper: Paper) -> Response:
    address = visit.request.app.state.settings.portal_url
    made = await make(visit.copies, paper, address=address, language=visit.language)
    headers = {"Content-Disposition": f'inline; filename="{made.name}"'}
    return Response(made.content, media_type="application/pdf", headers=headers)


async def _told(request: Request, code: str, content: bytes | None = None) -> Response:
    request.app.state.rates.visited(request.client.host if request.client else None)
    return _page(request, await papers.verify(request.app.state.database, code, content))


def _page(request: Request, found: papers.Verified | None) -> Response:
    tongue = language(request)
    about = found.paper if found else None
    return open_page(
        request,
        "papers/verification.html",
        say(tongue, "papers.title"),
        found=found,
        verdict="" if found is None else say(tongue, f"papers.verdict_{found.verdict.value.lower()}"),
        kind="" if about is None else named(tongue, "paper", about.kind.value),
        made_for="" if about is None else f"papers.for_{about.kind.value.lower()}",
    )
