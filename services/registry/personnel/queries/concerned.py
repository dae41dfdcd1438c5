"""Whom a change of personnel concerns: the person, who rates him or her, and whoever rates or leads from then on."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import ChangeKind
from kit.db import actor
from services.registry.personnel.queries import lines
from services.registry.personnel.rules.effects import Wanted

_RELATIONS = frozenset({ChangeKind.TRANSFER, ChangeKind.RATER, ChangeKind.CORRECTION})
"""Kinds that give the person another rater: who rates so far loses a relation."""
# Who will rate a transferred person whose new rater is not named: the head of the new unit or of the nearest one above.
_HEAD_OF = text(
    """
    with recursive up as (
        select id, parent_id, 0 as steps from units where tenant_id = :tenant and id = :unit
        union all select u.id, u.parent_id, up.steps + 1 from units u join up on u.id = up.parent_id
        where u.tenant_id = :tenant
    )
    select h.id from up join servants h on h.tenant_id = :tenant and h.unit_id = up.id
    where h.is_head and h.active and h.status = 'ACTIVE' and h.id <> :servant
    order by up.steps limit 1
    """
)


async def concerned(session: AsyncSession, wanted: Wanted) -> list[UUID]:
    """Their ids, the person's first; raises NotFound for a person whom nobody knows."""
    effect = wanted.effect
    found = [wanted.servant_id, effect.rater_id, effect.successor_id, effect.acting_id]
    if wanted.kind in _RELATIONS:
        found.append((await lines.servant(session, wanted.servant_id)).rater_id)
    if wanted.kind is ChangeKind.TRANSFER and effect.rater_id is None and effect.unit_id is not None:
        asked = {"tenant": actor(session).tenant_id, "unit": effect.unit_id, "servant": wanted.servant_id}
        found.append((await session.scalars(_HEAD_OF, asked)).first())
    return [one for one in dict.fromkeys(found) if one is not None]
