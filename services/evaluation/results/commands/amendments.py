"""Tells those whom it concerns that a decision changed a score: the servant, the rater, and the panel that had assessed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Predicate
from contracts.evaluation.results import CriterionAmended, ScoresAmended
from kit.outbox import emit
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment
from services.evaluation.results.models import Result
from services.evaluation.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one version, or of a provisional result."""

    criteria: Mapping[str, str | None]
    local_score: Decimal | None
    predicate: str

    @classmethod
    def of(cls, row: Result | Appraisal) -> Self:
        """As it stands now; what is changed in the row later is not changed here."""
        return cls(dict(row.criteria or {}), row.local_score, row.predicate or "")

    def changed(self, after: "Scored") -> tuple[CriterionAmended, ...]:
        """Every criterion that differs, in alphabetical order."""
        return tuple(
            CriterionAmended(criterion=code, before=_number(self.criteria.get(code)), after=_number(value))
            for code, value in sorted(after.criteria.items())
            if _number(value) != _number(self.criteria.get(code))
        )


async def tell(session: AsyncSession, appraisal_id: UUID, before: Scored, after: Scored, *, objection: bool) -> None:
    """Emit what changed; nothing where the same numbers were decided."""
    if not (changed := before.changed(after)):
        return
    appraisal = (await session.scalars(select(Appraisal).where(col(Appraisal.id) == appraisal_id))).one()
    event = ScoresAmended(
        tenant_id=appraisal.tenant_id,
        appraisal_id=appraisal.id,
        cycle_id=appraisal.cycle_id,
        servant_id=appraisal.servant_id,
        criteria=changed,
        score_before=before.local_score,
        score=after.local_score,
        predicate_before=Predicate(before.predicate),
        predicate=Predicate(after.predicate),
        by_objection=objection,
        panel=await _panel(session, appraisal, [one.criterion for one in changed]),
    )
    emit(session, event)


async def _panel(session: AsyncSession, appraisal: Appraisal, codes: Sequence[str]) -> tuple[UUID, ...]:
    """The panel of the visit, where it had given a number for one of these criteria."""
    given = select(col(Assessment.scores)).where(
        col(Assessment.appraisal_id) == appraisal.id, col(Assessment.role) == AssessorRole.PANEL.value
    )
    scored = {code for scores in (await session.scalars(given)).all() for code in scores}
    if scored.isdisjoint(codes):
        return ()
    looking = select(Visit).where(col(Visit.cycle_id) == appraisal.cycle_id, col(Visit.unit_id) == appraisal.unit_id)
    visit = (await session.scalars(looking)).first()
    return () if visit is None else tuple(sorted({visit.lead_id, *visit.panel}))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
