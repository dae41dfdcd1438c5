"""Machines that may call, as the registry tells of their accounts, and an office around them."""

from collections.abc import Mapping
from uuid import UUID

from contracts.base import Role
from contracts.registry.holders import AccountRecorded
from contracts.registry.servants import ServantRecorded
from kit.db import Database
from services.integrations.callers.commands import take_callers
from tests.support import policies
from tests.support.people import Office, master_data


async def admit(
    database: Database, city: str, holders: Mapping[UUID, Role], *, revision: int = 1, active: bool = True
) -> None:
    """Accounts with one role each; not ``active`` any more takes it back."""
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
        for who, role in holders.items()
    ]
    async with database.transaction(city) as session:
        await take_callers(session, accounts)


async def settle(database: Database, place: str = "palembang") -> Office:
    """The office of a place: its people and the holders of offices above it, as far as this service keeps them."""
    office = Office(tenant_id=policies.CITIES[place], policy=policies.policy(place))
    people = [event for event in master_data(office) if isinstance(event, ServantRecorded)]
    async with database.transaction(office.tenant_id) as session:
        await take_callers(session, people)
    await admit(database, office.tenant_id, {who: role for role, who in office.holders.items()})
    return office
