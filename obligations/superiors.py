"""Who is notified of late obligations about a person: the superior of the debtor, who changes with the rater relations."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.cycles import ChangedMember
from kit.db import actor

# Nobody is the superior of himself: where the new superior owes it, the present one stays.
_FOLLOW = text(
    """
    update obligations o set superior_id = n.superior_id
    from unnest(cast(:abouts as uuid[]), cast(:formers as uuid[]), cast(:superiors as uuid[]))
        as n(about_id, former_id, superior_id)
    where o.tenant_id = :tenant and o.state = 'OPEN' and o.cycle_id = :cycle
        and o.about_id = n.about_id and o.superior_id = n.former_id
        and (n.superior_id is null or n.superior_id <> o.debtor_id)
    """
)


def superiors(members: Iterable[ChangedMember]) -> list[tuple[UUID, UUID, UUID | None]]:
    """Who is notified of late obligations about each: where it was the former rater or authority, the present one."""
    pairs = [
        (one.servant_id, former, now)
        for one in members
        for former, now in ((one.former_rater_id, one.rater_id), (one.former_authority_id, one.authority_id))
        if former is not None and former != now
    ]
    return list({(about, former): (about, former, now) for about, former, now in pairs}.values())


async def follow_superiors(
    session: AsyncSession, cycle_id: UUID, changes: Iterable[tuple[UUID, UUID, UUID | None]]
) -> None:
    """Let present superiors be notified in the place of former ones: (person concerned, former superior, present one)."""
    columns = list(zip(*changes, strict=True))
    if columns:
        names = dict(zip(("abouts", "formers", "superiors"), map(list, columns), strict=True))
        await session.execute(_FOLLOW, {"tenant": actor(session).tenant_id, "cycle": cycle_id, **names})
