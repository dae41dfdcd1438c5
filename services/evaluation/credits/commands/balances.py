"""Records points that somebody brought: of the last determination (PAK) before the first result here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries as directory
from directory.offices import Rated, offices
from kit.db import actor, clock
from kit.errors import Invalid
from scoring.credit_points import COEFFICIENTS
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.credits.models import CreditBalance

_WHAT = ("record credit points of before", "mencatat angka kredit sebelumnya")


@dataclass(frozen=True, slots=True)
class Brought:
    """Points of a level on a day, by a document."""

    level: str
    points: Decimal
    as_of: date
    document: str


async def record_balance(session: AsyncSession, servant_id: UUID, brought: Brought) -> None:
    """The newest record counts; raises Forbidden, NotFound, or Invalid for a level that the regulation does not name."""
    # Whoever rates or rated the person in any cycle is tied, as the office is everywhere.
    frozen = Rated(col(Appraisal.servant_id), col(Appraisal.rater_id))
    (await offices(session, frozen)).require(actor(session), servant_id, what=_WHAT)
    await directory.person(session, servant_id)
    if brought.level not in COEFFICIENTS:
        raise Invalid(
            f"{brought.level} is no level of a functional position: one of {', '.join(COEFFICIENTS)}",
            f"{brought.level} bukan jenjang jabatan fungsional: pilih salah satu dari {', '.join(COEFFICIENTS)}",
            where="level",
        )
    values = {
        "tenant_id": actor(session).tenant_id,
        "servant_id": servant_id,
        "level": brought.level,
        "points": brought.points,
        "as_of": brought.as_of,
        "document": brought.document,
        "recorded_by": actor(session).id,
        "recorded_at": clock(session).now(),
    }
    news = {name: value for name, value in values.items() if name not in ("tenant_id", "servant_id")}
    storing = insert(CreditBalance).values(values)
    await session.execute(storing.on_conflict_do_update(index_elements=["tenant_id", "servant_id"], set_=news))
