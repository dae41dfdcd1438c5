"""The batches of a cycle, what a new one would take, and making it."""

from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.exports.held import why_held
from services.portal.names.queries import names
from services.portal.national.views import standing_of
from services.portal.office.queries import SIZE
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE, note="final results for the national application; the local score never leaves")


@router.get("/pengelola/nasional/{cycle_id}", **_OFFICE)
async def batches(cycle_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """The newest first, each with its state in words and how many of its rows are answered."""
    page = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/national-batches", limit=SIZE, cursor=lanjut or None)
    async with visit.copies() as session:
        people = await names(session, [one["made_by"] for one in page["items"]])
    return visit.page(
        "national/batches.html",
        visit.say("national.title"),
        section="office",
        cycle_id=cycle_id,
        rows=[one | {"standing": standing_of(one["states"])} for one in page["items"]],
        people=people,
        following=page["next"],
    )


@router.get("/pengelola/nasional/{cycle_id}/baru", **_OFFICE)
async def check(cycle_id: UUID, visit: Visiting) -> Response:
    """What a batch would take and hold back if it were made now; nothing is made by looking."""
    return await _checked(visit, cycle_id, Form())


@router.post("/pengelola/nasional/{cycle_id}/baru", **_OFFICE)
async def make(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Make it; a batch never changes afterwards, and nothing is sent by it."""
    with sent.refusals():
        made = await visit.ask.post("evaluation", f"/cycles/{cycle_id}/national-batches", key=sent.text("form_id"))
    if sent.errors:
        return await _checked(visit, cycle_id, sent, status=422)
    return visit.go(f"/pengelola/paket/{made['id']}", selesai="buat")


async def _checked(visit: Visit, cycle_id: UUID, form: Form, *, status: int = 200) -> Response:
    seen = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/national-batches/preview")
    return visit.page(
        "national/check.html",
        visit.say("national.new"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        seen=seen,
        held=[{"why": why_held(visit, reason), "n": n} for reason, n in seen["held"].items()],
        held_total=sum(seen["held"].values()),
    )
