"""Gives people another rater when their own cannot lead any more, or can again (PermenPANRB 6/2022, L IV.A)."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.registry.personnel.commands.ledger import Ledger
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import lines
from services.registry.personnel.rules.effects import Effect, Moved
from services.registry.personnel.rules.states import ChangeState
from services.registry.personnel.rules.succession import given_back, next_superior, successors
from services.registry.servants.commands.relations import RaterChange, change_relations
from services.registry.servants.rules.relations import RelationSource


async def hand_over(
    session: AsyncSession,
    change: PersonnelChange,
    effect: Effect,
    ledger: Ledger,
    people: Mapping[UUID, UUID | None],
    *,
    above: UUID | None,
) -> list[Moved]:
    """The people go to the successor who was named, else to the acting official, else to the next superior up."""
    deputy = effect.successor_id or await lines.acting_for(session, change.servant_id, change.effective_on)
    superior = next_superior(above, await lines.line_above(session, [above]))
    raters = successors(people, acting=deputy, superior=superior)
    source = RelationSource.SUPERIOR if effect.successor_id is None else RelationSource.HIERARCHY
    return await lead(session, change, ledger, raters, source)


async def give_back(session: AsyncSession, change: PersonnelChange, ledger: Ledger) -> list[Moved]:
    """What the change that ends here had given away goes back, or to the next superior who can lead."""
    followed = select(PersonnelChange).where(col(PersonnelChange.id) == change.follows)
    ends = (await session.scalars(followed)).first()
    if ends is None or ends.state != ChangeState.APPLIED:
        return []
    moved = Effect.model_validate(ends.payload).moved
    raters = await lines.raters_of(session, [one.servant_id for one in moved])
    stood_in = await lines.assigned_by(session, ends.id)
    line = await lines.line_above(session, [one.former_id for one in moved])
    back = given_back([(one.servant_id, one.former_id) for one in moved], raters, stood_in, line)
    return await lead(session, change, ledger, back, RelationSource.HIERARCHY)


async def lead(
    session: AsyncSession,
    change: PersonnelChange,
    ledger: Ledger,
    raters: Mapping[UUID, UUID | None],
    source: RelationSource,
    *,
    acting_for: UUID | None = None,
) -> list[Moved]:
    """Write the relations from the change's day on, and who rates whom now."""
    before = await lines.raters_of(session, list(raters))
    changes = [RaterChange(one, rater, change.effective_on) for one, rater in raters.items()]
    await change_relations(
        session, changes, source=source, reason=change.reason, change_id=change.id, acting_for=acting_for
    )
    await ledger.lead(session, raters)
    return [Moved(servant_id=one, former_id=before.get(one)) for one in raters]
