"""The cycles that somebody is in, the newest first, and any cycle by its id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_OWN = text("""
select c.id, c.name, c.period_start, c.period_end, c.policy, c.phase, c.closed, m.appraisal_id, m.rater_id, m.authority_id
from directory_members m join directory_cycles c on c.tenant_id = m.tenant_id and c.id = m.cycle_id
where m.servant_id = :servant
order by c.period_start desc, c.id
limit 100
""")
_ONE = text("""
select id, name, period_start, period_end, policy, phase, closed from directory_cycles where id = :cycle
""")


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle of the city, whoever is in it."""

    id: UUID
    name: str
    period_start: date
    period_end: date
    policy: dict[str, Any]
    phase: str | None
    closed: bool

    def uses(self, feature: str) -> bool:
        """Whether the cycle's policy has a feature, e.g. ``daily_log``."""
        return bool(self.policy.get("features", {}).get(feature))

    def __contains__(self, day: date) -> bool:
        """Whether a day is in its period."""
        return self.period_start <= day <= self.period_end


@dataclass(frozen=True, slots=True)
class OwnCycle(Cycle):
    """A cycle with the place of one person in it."""

    appraisal_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None


async def one_cycle(session: AsyncSession, cycle_id: UUID | str) -> Cycle | None:
    """Whichever it is; None before the copy has heard of it."""
    row = (await session.execute(_ONE, {"cycle": UUID(str(cycle_id))})).mappings().first()
    return Cycle(**row) if row else None


async def own_cycles(session: AsyncSession, servant_id: UUID) -> list[OwnCycle]:
    """All that the person is or was enrolled in."""
    return [OwnCycle(**row) for row in (await session.execute(_OWN, {"servant": servant_id})).mappings()]


class _Known(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def closed(self) -> bool: ...


Known = TypeVar("Known", bound=_Known)


def chosen(cycles: Sequence[Known], wanted: str) -> Known | None:
    """Of cycles with the newest first, the one whose id an address names; else the newest that is open, else the newest."""
    named = next((one for one in cycles if str(one.id) == wanted), None)
    return named or next((one for one in cycles if not one.closed), cycles[0] if cycles else None)


def current(cycles: list[OwnCycle], today: date) -> OwnCycle | None:
    """The one of today: whose period it is, else the newest that is not closed, else the newest."""
    open_ones = [one for one in cycles if not one.closed] or cycles
    return next((one for one in open_ones if today in one), open_ones[0] if open_ones else None)
