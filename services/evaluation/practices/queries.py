"""Good practices, as far as the reader may see them, with how many took each over."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.practices import PracticeState
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.evaluation.practices.models import Practice, PracticeUse
from services.evaluation.practices.rules.verified import PROVING
from services.evaluation.results.models import Result


@dataclass(frozen=True, slots=True)
class Uses:
    """How many plans took a practice over, in how many units beside its own."""

    plans: int = 0
    units: int = 0


def is_proved() -> ColumnElement[bool]:
    """Whether the newest version of the result behind it is final and good, now."""
    return exists().where(
        col(Result.tenant_id) == col(Practice.tenant_id),
        col(Result.appraisal_id) == col(Practice.appraisal_id),
        col(Result.finalised_at).is_not(None),
        col(Result.superseded_by).is_(None),
        col(Result.predicate).in_([one.value for one in PROVING]),
    )


def _readable(session: AsyncSession) -> Select[Practice]:
    """All for the office; for everybody else the library, and those one wrote down or that tell of one's work."""
    who, looking = actor(session), select(Practice)
    if who.is_system or who.has(Role.PERFORMANCE_OFFICE):
        return looking
    library = (col(Practice.state) == PracticeState.PUBLISHED.value) & is_proved()
    return looking.where(or_(library, *(col(column) == who.id for column in _AUTHORS)))


_AUTHORS = (Practice.servant_id, Practice.submitted_by)


async def page(
    session: AsyncSession, *, unit_id: UUID | None, state: PracticeState | None, words: str | None, window: Window
) -> Found[Practice]:
    """A page; ``words`` stand somewhere in the title or in what was done."""
    looking = _readable(session)
    if unit_id is not None:
        looking = looking.where(col(Practice.unit_id) == unit_id)
    if state is not None:
        looking = looking.where(col(Practice.state) == state.value)
    if words is not None:
        looking = looking.where(or_(*(col(one).icontains(words, autoescape=True) for one in _TEXTS)))
    return await read(session, looking, col(Practice.id), window=window)


_TEXTS = (Practice.title, Practice.what, Practice.where)


async def one(session: AsyncSession, practice_id: UUID) -> Practice:
    """The practice; raises NotFound, also where it is not for the reader."""
    found = (await session.scalars(_readable(session).where(col(Practice.id) == practice_id))).first()
    if found is None:
        raise NotFound(f"no practice {practice_id} in this city", f"praktik {practice_id} tidak ada di kota ini")
    return found


async def uses(session: AsyncSession, practices: Sequence[Practice]) -> dict[UUID, Uses]:
    """By practice."""
    elsewhere = func.count(col(PracticeUse.unit_id).distinct()).filter(
        col(PracticeUse.unit_id) != col(Practice.unit_id)
    )
    looking = (
        select(col(PracticeUse.practice_id), func.count(), elsewhere)
        .join(
            Practice,
            (col(Practice.tenant_id) == col(PracticeUse.tenant_id))
            & (col(Practice.id) == col(PracticeUse.practice_id)),
        )
        .where(col(PracticeUse.practice_id).in_([one.id for one in practices]))
        .group_by(col(PracticeUse.practice_id))
    )
    return {row[0]: Uses(row[1], row[2]) for row in (await session.execute(looking)).all()}
