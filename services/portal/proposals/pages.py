"""One page: the proposals, those that wait ticked, and the decision about all that stay ticked."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation, Role
from contracts.evaluation.proposals import ProposalKind, ProposalState
from services.portal.names.queries import names
from services.portal.office.queries import SIZE
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_DECIDES = shown_to(Relation.OFFICE, Relation.APPOINTING, note="the office where no appointing authority is declared")
_KINDS, _STATES = tuple(ProposalKind), tuple(ProposalState)
_ANSWERS = ("accept", "decline")
_DECIDED = ("DECIDED", "ALREADY_DECIDED")
Json = Mapping[str, Any]


@router.get("/pengelola/usulan/{cycle_id}", **_DECIDES)
async def proposals(
    cycle_id: UUID, visit: Visiting, jenis: str = "", keadaan: str = "PROPOSED", lanjut: str = ""
) -> Response:
    """Those that wait, or of another state; of one kind if one is named."""
    return await _page(visit, cycle_id, Form(), kind=jenis, state=keadaan, cursor=lanjut)


@router.post("/pengelola/usulan/{cycle_id}", **_DECIDES)
async def decide(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Accept or decline what is ticked, for one reason; each says what came of it."""
    ids, answer = sent.many("proposal"), sent.text("answer")
    reason = sent.require("reason", visit.say("proposals.reason_missing"))
    if not ids:
        sent.wrong("proposal", visit.say("proposals.tick"))
    if answer not in _ANSWERS:
        sent.wrong("", visit.say("proposals.choose"))
    told: dict[str, Any] = {"items": []}
    with sent.refusals():
        if not sent.errors:
            body = {"proposal_ids": ids, "accepted": answer == "accept", "reason": reason}
            told = await visit.ask.post("evaluation", "/proposals/decisions", body, key=sent.text("form_id"))
    kind, cursor = sent.text("jenis"), sent.text("lanjut")
    if sent.errors:
        return await _page(visit, cycle_id, sent, kind=kind, cursor=cursor, ticked=ids, status=422)
    return await _page(visit, cycle_id, Form(), kind=kind, outcomes=told["items"])


async def _page(
    visit: Visit,
    cycle_id: UUID,
    form: Form,
    *,
    kind: str = "",
    state: str = "PROPOSED",
    cursor: str = "",
    ticked: Sequence[str] | None = None,
    outcomes: Sequence[Json] = (),
    status: int = 200,
) -> Response:
    chosen = {"jenis": kind if kind in _KINDS else "", "keadaan": state if state in _STATES else "PROPOSED"}
    found = await visit.ask.get(
        "evaluation",
        "/proposals",
        cycle_id=str(cycle_id),
        kind=chosen["jenis"] or None,
        state=chosen["keadaan"],
        limit=SIZE,
        cursor=cursor or None,
    )
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in found["items"]])
    return visit.page(
        "proposals/proposals.html",
        visit.say("proposals.title"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        rows=[one | {"basis": one[f"basis_{visit.language}"]} for one in found["items"]],
        people=people,
        ticked=ticked,
        here=cursor,
        counted=_counted(outcomes),
        decided=_DECIDED,
        chosen=chosen,
        kinds=[one.value for one in _KINDS],
        states=[one.value for one in _STATES],
        following=found["next"],
        at_desk=visit.has(Role.PERFORMANCE_OFFICE),
    )


def _counted(outcomes: Sequence[Json]) -> dict[str, int]:
    """How many ended how."""
    found: dict[str, int] = {}
    for one in outcomes:
        found[one["outcome"]] = found.get(one["outcome"], 0) + 1
    return found
