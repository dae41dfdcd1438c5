"""Assessments as far as anybody may see them, and who was named for them; a peer's numbers are nobody's to see."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.policy import Policy
from kit.db import actor
from kit.keyset import Found, Window, read_rows
from scoring.numbers import rounded
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Assessment, Nominee, PeerNomination
from services.evaluation.assessments.rules.outliers import FEWEST, Outlying, outlying
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries.context import policy as policy_of


async def shown_of(session: AsyncSession, appraisal: Appraisal, policy: Policy) -> list[dict[str, object]]:
    """Assessments that may be shown: each one's name and numbers, or of anonymous ones the mean alone.

    The mean of peers is shown only once the result is computed and enough of them have answered: earlier, two looks
    would tell what one of them gave in between.
    """
    looking = select(Assessment).where(col(Assessment.appraisal_id) == appraisal.id).order_by(col(Assessment.role))
    given = (await session.scalars(looking)).all()
    seen: list[dict[str, object]] = []
    for source in policy.sources:
        of_source = [one for one in given if one.role == source.role]
        if not source.anonymous:
            seen += [_named(one) for one in of_source]
        elif appraisal.state != AppraisalState.OPEN and len(of_source) >= source.minimum:
            seen.append(_mean(source.role, of_source))
    return seen


def _named(given: Assessment) -> dict[str, object]:
    names = ("role", "assessor_id", "scores", "reasons", "result_rating", "behaviour_rating", "comment", "submitted_at")
    shown = {name: getattr(given, name) for name in (*names, "before_organisation", "levels")}
    return shown | {"competences": given.competences} if given.competences else shown


def _mean(role: AssessorRole, given: Sequence[Assessment]) -> dict[str, object]:
    codes = sorted({code for one in given for code in one.scores})
    means = {code: _of(code, given) for code in codes}
    seen: dict[str, object] = {"role": role.value, "count": len(given), "scores": means}
    levels = sorted({code for one in given for code in one.competences or {}})
    return seen | {"competences": {code: _level(code, given) for code in levels}} if levels else seen


def _level(code: str, given: Sequence[Assessment]) -> str:
    numbers = [one.competences[code] for one in given if one.competences and code in one.competences]
    return str(rounded(Fraction(sum(numbers), len(numbers))))


def _of(code: str, given: Sequence[Assessment]) -> str:
    numbers = [Fraction(one.scores[code]) for one in given if code in one.scores]
    return str(rounded(sum(numbers, Fraction(0)) / len(numbers)))


async def nominees(session: AsyncSession, appraisal_id: UUID) -> Sequence[Nominee]:
    """Who was named so far, by id and not in the order of preference."""
    looking = select(Nominee).where(col(Nominee.appraisal_id) == appraisal_id)
    return (await session.scalars(looking.order_by(col(Nominee.colleague_id)))).all()


class Apart(NamedTuple):
    """A person some of whose colleagues' scores stand far from the others."""

    appraisal_id: UUID
    servant_id: UUID
    unit_id: UUID
    assessors: int
    outlying: tuple[Outlying, ...]


async def standing_apart(session: AsyncSession, cycle: Cycle, *, window: Window) -> Found[Apart]:
    """Of the people on this page of the cycle those with such scores, once their results are computed.

    Left out are the reader's own, those about whom he or she may not act, and those whom he or she assessed: whoever
    knows one of the scores would read more out of it.
    """
    person = (col(Appraisal.id), col(Appraisal.servant_id), col(Appraisal.unit_id))
    who, rule = actor(session), policy_of(cycle).moderation
    assessed = select(col(PeerNomination.appraisal_id)).where(col(PeerNomination.peer_id) == who.id)
    looking = (
        select(*person, func.jsonb_agg(col(Assessment.scores)))
        .join(Assessment, col(Assessment.appraisal_id) == col(Appraisal.id))
        .where(
            col(Appraisal.cycle_id) == cycle.id,
            col(Appraisal.state) != AppraisalState.OPEN.value,
            col(Assessment.role) == AssessorRole.PEER.value,
            col(Appraisal.id).not_in(assessed),
        )
        .group_by(*person)
        .having(func.count() >= FEWEST)
    )
    found = await read_rows(session, looking, col(Appraisal.id), window=window)
    offices = await in_cycle(session, cycle.id)
    judged = [
        Apart(one, servant, unit, len(scores), outlying(scores, rule))
        for one, servant, unit, scores in found.items
        if offices.may_act(who, servant)
    ]
    return Found([one for one in judged if one.outlying], found.next)
