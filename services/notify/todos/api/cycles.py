"""Who owes what in a cycle, for the performance office."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import AwareDatetime, BaseModel

from contracts.base import Relation, Role
from contracts.obligations import ObligationKind
from directory.queries import known_cycle
from kit import problems, web
from kit.access import permits, require_role
from kit.db import actor, clock
from kit.sheets.tables import SheetFormat, Table
from kit.sheets.writing import ANSWERS, MOST_LINES, Format, answer
from kit.web import Session
from services.notify.notices.rules import words
from services.notify.todos.queries import cycles

router = web.router(tags=["performance office"])

_COUNTING = (Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, Role.OPERATIONS)


class OwedKind(BaseModel):
    """One kind of obligation in a cycle."""

    service: str
    kind: ObligationKind
    what: str
    """In the reader's language (Accept-Language)."""
    open: int
    overdue: int
    first_due_at: AwareDatetime | None


class OverdueDebtor(BaseModel):
    """A person who is late."""

    debtor_id: UUID
    name: str | None
    unit: str | None
    overdue: int
    since: AwareDatetime
    """Since when the oldest of it is overdue."""
    kinds: list[ObligationKind]
    what: list[str]


class OwedResponse(BaseModel):
    """Who owes what in a cycle."""

    at: AwareDatetime
    """Business time of this answer."""
    open: int
    overdue: int
    obligations: list[OwedKind]
    most_overdue: list[OverdueDebtor]


@router.get(
    "/cycles/{cycle_id}/owed",
    summary="Who owes what in a cycle, by kind, and who is the longest overdue",
    **permits(
        Relation.OFFICE,
        Relation.LEADER,
        Relation.OPERATIONS,
        note="people are named to the office alone; what anonymous assessors owe is counted, and named of nobody",
    ),
)
async def read_owed(
    cycle_id: UUID, request: Request, session: Session, people: Annotated[int, Query(ge=0, le=100)] = 10
) -> OwedResponse:
    require_role(session, *_COUNTING, what=("seeing what a cycle owes", "melihat kewajiban siklus"))
    language, now = problems.language(request), clock(session).now()
    obligations = await cycles.owed(session, cycle_id, now=now)
    named = people if actor(session).has(Role.PERFORMANCE_OFFICE) else 0
    late = await cycles.most_overdue(session, cycle_id, now=now, limit=named)
    return OwedResponse(
        at=now,
        open=sum(one["open"] for one in obligations),
        overdue=sum(one["overdue"] for one in obligations),
        obligations=[
            OwedKind.model_validate({**one, "what": words.obligation(one["kind"], language)}) for one in obligations
        ],
        most_overdue=[
            OverdueDebtor.model_validate({**one, "what": [words.obligation(kind, language) for kind in one["kinds"]]})
            for one in late
        ],
    )


_LATE = {
    "en": ("Name", "Unit", "Overdue", "Overdue since", "What is owed"),
    "id": ("Nama", "Unit kerja", "Jumlah terlambat", "Terlambat sejak", "Kewajiban"),
}


@router.get(
    "/cycles/{cycle_id}/owed/download",
    summary="Everybody who is late in a cycle, as a file (office)",
    response_class=Response,
    responses=ANSWERS,
    **permits(Relation.OFFICE, note="without what anonymous assessors owe"),
)
async def download_owed(cycle_id: UUID, request: Request, session: Session, kind: Format = SheetFormat.CSV) -> Response:
    require_role(session, Role.PERFORMANCE_OFFICE, what=("download who is late", "mengunduh daftar keterlambatan"))
    await known_cycle(session, cycle_id)
    language = problems.language(request)
    late = await cycles.most_overdue(session, cycle_id, now=clock(session).now(), limit=MOST_LINES + 1)
    lines = [
        [
            one["name"],
            one["unit"],
            one["overdue"],
            one["since"],
            "; ".join(words.obligation(kind, language) for kind in one["kinds"]),
        ]
        for one in late
    ]
    return await answer(Table(f"owed-{cycle_id}", _LATE[language], lines), kind)
