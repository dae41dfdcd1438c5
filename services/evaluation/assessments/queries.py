"""Assessments as far as anybody may see them; a peer's numbers are nobody's to see."""

from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.policy import Policy
from scoring.numbers import rounded
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Assessment


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
    seen = {name: getattr(given, name) for name in names}
    return seen | {"levels": given.levels} if given.levels else seen


def _mean(role: AssessorRole, given: Sequence[Assessment]) -> dict[str, object]:
    codes = sorted({code for one in given for code in one.scores})
    means = {code: _of(code, given) for code in codes}
    seen: dict[str, object] = {"role": role.value, "count": len(given), "scores": means}
    levels = sorted({code for one in given for code in one.levels or {}})
    return seen | {"levels": {code: _level(code, given) for code in levels}} if levels else seen


def _level(code: str, given: Sequence[Assessment]) -> str:
    numbers = [one.levels[code] for one in given if one.levels and code in one.levels]
    return str(rounded(Fraction(sum(numbers), len(numbers))))


def _of(code: str, given: Sequence[Assessment]) -> str:
    numbers = [Fraction(one.scores[code]) for one in given if code in one.scores]
    return str(rounded(sum(numbers, Fraction(0)) / len(numbers)))
