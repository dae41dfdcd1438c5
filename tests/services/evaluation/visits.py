"""A visit to the one unit of a scene: its date, its report, and what those observed say."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.evaluation.activities import VisitAsk, VisitState
from contracts.policy.visits import ItemKind
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock

FINDINGS = [
    {"what": "Antrean belum dicatat", "how": "Pasang mesin antrean"},
    {"what": "Standar layanan sobek", "how": "Cetak ulang"},
]
REPLIES = [
    {"number": 1, "stance": "AGREE", "action": "Mesin antrean dipasang bulan depan"},
    {"number": 2, "stance": "EXPLAIN", "text": "Sudah dicetak ulang sehari setelah kunjungan"},
]


def answers(here: Scene) -> dict[str, bool | str]:
    """To every item of the policy's checklist."""
    asked = here.office.policy.visits.checklist
    return {one.code: "Lima pegawai" if one.kind is ItemKind.NOTE else True for one in asked}


async def visit_of(here: Scene, by: UUID | None = None) -> Any:
    """As the office sees it in the list."""
    (found,) = (await here.get(by or here.office.office, "/visits"))["items"]
    return found


async def detail(here: Scene, by: UUID, *, status: int = 0) -> Any:
    return await here.get(by, f"/visits/{(await visit_of(here))['id']}", status=status)


async def set_date(
    here: Scene, days: int, *, reason: str | None = None, by: UUID | None = None, status: int = 0
) -> Any:
    """The panel comes in so many days."""
    found = await visit_of(here)
    body = {"visit_on": (here.now() + timedelta(days=days)).date().isoformat(), "reason": reason}
    return await here.post(by or UUID(found["lead_id"]), f"/visits/{found['id']}/date", body, status=status)


async def hold(
    here: Scene, *, status: int = 0, by: UUID | None = None, days_ago: int = 0, checklist: Any = None
) -> Any:
    """The panel reports."""
    found = await visit_of(here)
    held_on = (here.now() - timedelta(days=days_ago)).date().isoformat()
    given = answers(here) if checklist is None else checklist
    body = {"held_on": held_on, "checklist": given, "findings": FINDINGS}
    return await here.post(by or UUID(found["lead_id"]), f"/visits/{found['id']}/report", body, status=status)


async def respond(
    here: Scene, *, items: Any = REPLIES, comment: str = "", by: UUID | None = None, status: int = 0
) -> Any:
    """The head of the unit says something to it."""
    found = await visit_of(here)
    body = {"items": items, "comment": comment}
    return await here.post(by or here.office.head, f"/visits/{found['id']}/response", body, status=status)


async def assess_unit(here: Scene, points: int, *, only: UUID | None = None, status: int = 0) -> Any:
    """The panel gives everybody, or one person only, the same points."""
    found = await visit_of(here)
    lead = UUID(found["lead_id"])
    known = await here.get(lead, f"/visits/{found['id']}")
    members = [one for one in known["members"] if only is None or one["servant_id"] == str(only)]
    items = [{"appraisal_id": one["appraisal_id"], "scores": dict.fromkeys(known["codes"], points)} for one in members]
    return await here.post(lead, f"/visits/{found['id']}/assessments", {"items": items}, status=status)


async def lead(here: Scene) -> VisitState:
    """The visit's workflow looks at it."""
    found = await visit_of(here)
    return await here.does.lead_visit(VisitAsk(tenant_id=here.tenant_id, visit_id=UUID(found["id"])))


async def visited(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Dumai in its evaluation: the rater gave 90 everywhere, the visit was held and answered, the panel may assess."""
    here = await evaluating(database, client_of, clock, "dumai")
    await here.provisional(here.ani, points=90)
    await hold(here)
    await respond(here)
    return here
