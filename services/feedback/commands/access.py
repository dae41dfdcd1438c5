"""Which relations the acting person has in a case, including the duty that he or she holds now."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import Duty
from directory.relations import Relation, relations
from kit.db import actor
from kit.obligations import holds


async def standing(
    session: AsyncSession,
    *,
    servant_id: UUID,
    rater_id: UUID | None = None,
    authority_id: UUID | None = None,
    duty: Duty | None = None,
    subject_id: UUID | None = None,
    done_by: UUID | None = None,
) -> frozenset[Relation]:
    """Every relation of the actor; HOLDER if the duty about the subject is, or was until done, his or hers."""
    who = actor(session)
    found = relations(who, servant_id=servant_id, rater_id=rater_id, authority_id=authority_id)
    if done_by == who.id:
        return found | {Relation.HOLDER}
    if duty is not None and subject_id is not None and await holds(session, duty, subject_id, who.id):
        return found | {Relation.HOLDER}
    return found
