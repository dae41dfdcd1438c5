"""Which relations the acting person has in a case, including the obligation that he or she holds now."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory.relations import Relation, relations
from kit.db import actor
from obligations.queries import owes


async def standing(
    session: AsyncSession,
    *,
    servant_id: UUID,
    rater_id: UUID | None = None,
    authority_id: UUID | None = None,
    duty: ObligationKind | None = None,
    subject_id: UUID | None = None,
    done_by: UUID | None = None,
) -> frozenset[Relation]:
    """Every relation of the actor; HOLDER if the obligation about the subject is, or was until done, his or hers."""
    who = actor(session)
    found = relations(who, servant_id=servant_id, rater_id=rater_id, authority_id=authority_id)
    if done_by == who.id:
        return found | {Relation.DEBTOR}
    if duty is not None and subject_id is not None and await owes(session, duty, subject_id, who.id):
        return found | {Relation.DEBTOR}
    return found
