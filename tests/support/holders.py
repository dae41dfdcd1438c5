"""Holders of offices above and beside the performance office, as the registry tells of them: accounts without a NIP."""

from collections.abc import Mapping
from uuid import UUID

from contracts.base import Role
from contracts.registry.holders import AccountRecorded
from directory import take
from kit.db import Database
from services.integrations.callers.commands import take_callers

ABOVE = (
    Role.APPOINTING_AUTHORITY,
    Role.CITY_LEADER,
    Role.AUDITOR,
    Role.OPERATIONS,
    Role.INTEGRATOR,
    Role.PROVINCE,
)
EVERY = tuple(role for role in Role if role is not Role.PROVINCE)
"""What the most generous token carries: with the province's role it would open less, not more."""

TAKERS = {"integrations": take_callers}
"""How a service takes an account in, where it keeps no copy of people."""


async def declare(database: Database, city: str, holders: Mapping[Role, UUID], *, revision: int = 1) -> None:
    """Put each holder's account into the copy, with that one role."""
    await _record(database, city, holders, revision=revision, active=True)


async def withdraw(database: Database, city: str, holders: Mapping[Role, UUID], *, revision: int = 2) -> None:
    """Take the roles back, as on the day after the last."""
    await _record(database, city, holders, revision=revision, active=False)


async def _record(database: Database, city: str, holders: Mapping[Role, UUID], *, revision: int, active: bool) -> None:
    accounts = [
        AccountRecorded(
            tenant_id=city,
            account_id=who,
            revision=revision,
            name=role.value.title(),
            email=f"{role.value.lower()}@example.go.id",
            roles=(role,) if active else (),
            active=active,
        )
        for role, who in holders.items()
    ]
    async with database.transaction(city) as session:
        await take.take_master_data(session, accounts)
