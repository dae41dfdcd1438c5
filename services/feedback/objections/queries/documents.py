"""The document of a decided objection (form D.1.3): both sides, the decision, and what it made of the result."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries as directory
from directory.models import CycleCopy, Person, Unit
from kit.errors import Refused
from services.feedback.objections.models import Objection
from services.feedback.objections.queries.objections import CaseFile, case_file, recorded_decision
from services.feedback.objections.rules.decisions import ScoredDecision
from services.feedback.results.models import ResultCopy


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that stands on the form."""

    case: CaseFile
    decision: ScoredDecision
    cycle: CycleCopy
    parties: dict[str, Any]
    """By SERVANT, RATER and AUTHORITY: who each was at the decision."""
    changed: ResultCopy | None
    """The version that the decision made; None where it upheld, and until evaluation has told of it."""


async def document(session: AsyncSession, objection_id: UUID) -> Document:
    """For both sides, who decided, the office and auditors; raises Refused before there is a decision."""
    case = await case_file(session, objection_id)
    objection = case.objection
    if (decision := recorded_decision(objection)) is None:
        raise Refused(
            f"an objection that is {objection.state.lower()} has no document: the decision makes it",
            f"keberatan berstatus {objection.state} belum memiliki dokumen: dokumen dibuat dari keputusannya",
            state=objection.state,
        )
    made = select(ResultCopy).where(col(ResultCopy.objection_id) == objection.id)
    return Document(
        case=case,
        decision=decision,
        cycle=await directory.cycle(session, objection.cycle_id),
        parties=objection.parties or await parties_today(session, objection),
        changed=(await session.scalars(made)).first(),
    )


async def parties_today(session: AsyncSession, objection: Objection) -> dict[str, Any]:
    """Servant, rater and who decided, as the registry has them now; one who is unknown here is an id alone."""
    sides = {
        "SERVANT": objection.servant_id,
        "RATER": objection.rater_id,
        "AUTHORITY": objection.decided_by or objection.authority_id,
    }
    looking = (
        select(Person, col(Unit.name))
        .outerjoin(Unit, col(Unit.id) == col(Person.unit_id))
        .where(col(Person.id).in_(set(sides.values())))
    )
    known = {person.id: _party(person, unit) for person, unit in (await session.execute(looking)).all()}
    nobody = {"name": "", "nip": "", "position": "", "grade": "", "unit": ""}
    return {side: known.get(one, nobody | {"id": str(one)}) for side, one in sides.items()}


def _party(person: Person, unit: str | None) -> dict[str, str]:
    names = {name: getattr(person, name) for name in ("name", "nip", "position", "grade")}
    return {"id": str(person.id), "unit": unit or "", **names}
