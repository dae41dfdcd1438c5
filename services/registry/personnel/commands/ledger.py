"""Keeps who had which relations before a change of personnel and after it, while the change is written."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import RelationChange
from kit.db import actor
from kit.errors import Refused
from kit.outbox import emit_all
from services.registry.events import servants_recorded

# `old` and `new` in `returning` (PostgreSQL 18) give the row before and after in one statement: no reading before.
FORMER = """
    old.unit_id as former_unit_id, old.rater_id as former_rater_id, old.authority_id as former_authority_id
"""
_LEAD = text(
    f"""
    update servants s set rater_id = c.rater, authority_id = r.rater_id, revision = s.revision + 1
    from unnest(cast(:servants as uuid[]), cast(:raters as uuid[])) as c(servant, rater)
    left join servants r on r.tenant_id = :tenant and r.id = c.rater
    where s.tenant_id = :tenant and s.id = c.servant and s.rater_id is distinct from c.rater
    returning new.*, {FORMER}
    """  # noqa: S608 - nothing but the constant above is put in
)
_FOLLOW = text(
    f"""
    update servants s set authority_id = r.rater_id, revision = s.revision + 1
    from servants r
    where s.tenant_id = :tenant and r.tenant_id = s.tenant_id and r.id = s.rater_id
        and s.authority_id is distinct from r.rater_id
    returning new.*, {FORMER}
    """  # noqa: S608
)
# `union` and not `union all`: a row that was found before ends the recursion, so that a circle does.
_CIRCLE = text(
    """
    with recursive above as (
        select id as servant, rater_id as above from servants where tenant_id = :tenant and id = any(:ids)
        union select a.servant, s.rater_id from above a join servants s on s.tenant_id = :tenant and s.id = a.above
    )
    select 1 from above where above = servant
    """
)


class Ledger:
    """Everybody whose row a change wrote, with the first state before and the last after."""

    def __init__(self) -> None:
        self._before: dict[UUID, Any] = {}
        self._after: dict[UUID, Any] = {}

    def take(self, rows: Iterable[Any]) -> None:
        """Rows as an update returned them, with the columns of ``FORMER``."""
        for row in rows:
            self._before.setdefault(row.id, row)
            self._after[row.id] = row

    async def lead(self, session: AsyncSession, raters: Mapping[UUID, UUID | None]) -> None:
        """Give each of these people another rater."""
        sets = {"servants": list(raters), "raters": list(raters.values()), "tenant": actor(session).tenant_id}
        if raters:
            self.take((await session.execute(_LEAD, sets)).all())

    async def finish(self, session: AsyncSession, *, reason: str) -> None:
        """Let authorities follow, refuse circles, and emit everybody who was written; raises Refused."""
        # Authorities first: whom they moved is looked at and emitted as well.
        tenant = {"tenant": actor(session).tenant_id}
        self.take((await session.execute(_FOLLOW, tenant)).all())
        if (await session.execute(_CIRCLE, tenant | {"ids": list(self._after)})).first() is not None:
            raise Refused(
                "somebody would be above himself: they would rate one another in a circle",
                "seseorang akan berada di atas dirinya: saling menilai melingkar",
            )
        await emit_all(session, servants_recorded(self._after.values()), reason=reason)

    def relations(self) -> tuple[RelationChange, ...]:
        """Everybody who has another rater, authority or unit now."""
        return tuple(one for key in sorted(self._after) if (one := self._changed(key)) is not None)

    def _changed(self, key: UUID) -> RelationChange | None:
        was, now = self._before[key], self._after[key]
        former = (was.former_unit_id, was.former_rater_id, was.former_authority_id)
        if former == (now.unit_id, now.rater_id, now.authority_id):
            return None
        return RelationChange(
            servant_id=key,
            unit_id=now.unit_id,
            rater_id=now.rater_id,
            authority_id=now.authority_id,
            is_head=now.is_head,
            former_unit_id=former[0],
            former_rater_id=former[1],
            former_authority_id=former[2],
        )
