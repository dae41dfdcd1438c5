"""A good practice is written down from a verified result; the performance office takes it into the library or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation
from contracts.evidence import Evidence
from directory.offices import require_some_office
from directory.relations import require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.practices import events
from services.evaluation.practices.models import Practice
from services.evaluation.practices.rules.states import PracticeAct, can, target
from services.evaluation.practices.rules.verified import PROVING
from services.evaluation.results.models import Result

_WRITE = ("write down a good practice", "mencatat praktik baik")
_DECIDE = ("decide on a good practice", "memutus praktik baik")


@dataclass(frozen=True, slots=True)
class Example:
    """What was done, where, and what proves it."""

    title: str
    what: str
    where: str
    evidence: Sequence[Evidence]


async def submit(session: AsyncSession, appraisal_id: UUID, example: Example) -> Practice:
    """Write down what the servant did; twice under one title it is one, as it was first written.

    Raises Forbidden for anybody but the servant and the rater, and Refused unless the result is final and good.
    """
    appraisal = await appraisals.one(session, appraisal_id)
    require(await appraisals.relations_of(session, appraisal), Relation.SELF, Relation.RATER, what=_WRITE)
    await _require_verified(session, appraisal)
    row = {
        "tenant_id": appraisal.tenant_id,
        **{name: getattr(appraisal, name) for name in ("cycle_id", "servant_id", "unit_id")},
        "appraisal_id": appraisal.id,
        "title": example.title,
        "what": example.what,
        "where": example.where,
        "evidence": [one.model_dump(mode="json") for one in example.evidence],
        "submitted_by": actor(session).id,
        "submitted_at": clock(session).now(),
    }
    keeping = insert(Practice).values(Practice(**row).model_dump()).on_conflict_do_nothing().returning(Practice)
    if (made := (await session.scalars(keeping)).first()) is not None:
        return made
    before = select(Practice).where(col(Practice.appraisal_id) == appraisal.id, col(Practice.title) == example.title)
    return (await session.scalars(before)).one()


async def _require_verified(session: AsyncSession, appraisal: Appraisal) -> None:
    verified = select(col(Result.id)).where(
        col(Result.appraisal_id) == appraisal.id,
        col(Result.finalised_at).is_not(None),
        col(Result.superseded_by).is_(None),
        col(Result.predicate).in_([one.value for one in PROVING]),
    )
    if (await session.scalars(verified)).first() is None:
        raise Refused(
            "a good practice comes from a verified result: this one is not final, or not good",
            "praktik baik berasal dari hasil yang terverifikasi: hasil ini belum final atau belum baik",
        )


async def decide(session: AsyncSession, practice_id: UUID, act: PracticeAct, *, reason: str) -> Practice:
    """Publish, decline or withdraw, for a reason; the same again changes nothing.

    Raises Forbidden for anybody but an officer without a conflict of interest, and Refused where it cannot be.
    """
    await require_some_office(session, what=_DECIDE)
    practice = await _locked(session, practice_id)
    (await in_cycle(session, practice.cycle_id)).require(actor(session), practice.servant_id, what=_DECIDE)
    if practice.state == target(act) and practice.reason == reason:
        return practice
    if not can(practice.state, act):
        raise Refused(
            f"a {practice.state} practice cannot: {act.value}", f"praktik {practice.state} tidak bisa: {act.value}"
        )
    if act is PracticeAct.PUBLISH:
        await _require_verified(session, await appraisals.one(session, practice.appraisal_id))
    practice.state, practice.reason = target(act).value, reason
    practice.decided_by, practice.decided_at = actor(session).id, clock(session).now()
    match act:
        case PracticeAct.PUBLISH:
            events.published(session, practice)
        case PracticeAct.WITHDRAW:
            events.withdrawn(session, practice)
        case PracticeAct.DECLINE:
            pass  # nothing that anybody but the two who wrote it has heard of
    return practice


async def _locked(session: AsyncSession, practice_id: UUID) -> Practice:
    locking = select(Practice).where(col(Practice.id) == practice_id).with_for_update()
    found = (await session.scalars(locking, execution_options={"populate_existing": True})).first()
    if found is None:
        raise NotFound(f"no practice {practice_id} in this city", f"praktik {practice_id} tidak ada di kota ini")
    return found
