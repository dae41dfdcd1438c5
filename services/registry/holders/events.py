"""Accounts and declarations as the events that tell of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from contracts.base import Role
from contracts.registry.holders import AccountRecorded, OfficeHolderDeclared, OfficeHolderEnded
from services.registry.holders.models import Declaration


def accounts_recorded(rows: Iterable[Any]) -> Iterator[AccountRecorded]:
    """One event a row of ``accounts``."""
    for row in rows:
        yield AccountRecorded(
            tenant_id=row.tenant_id,
            account_id=row.id,
            revision=row.revision,
            name=row.name,
            email=row.email,
            language=row.language,
            roles=tuple(Role(name) for name in row.roles),
            active=row.active,
        )


def declared(row: Declaration, name: str) -> OfficeHolderDeclared:
    """Who holds what from which day."""
    return OfficeHolderDeclared(
        tenant_id=row.tenant_id,
        declaration_id=row.id,
        person_id=row.person_id,
        role=Role(row.role),
        name=name,
        since=row.valid_from,
        until=row.valid_until,
        reason=row.reason,
    )


def ended(row: Declaration, *, until: date, reason: str) -> OfficeHolderEnded:
    """The last day is known now."""
    return OfficeHolderEnded(
        tenant_id=row.tenant_id,
        declaration_id=row.id,
        person_id=row.person_id,
        role=Role(row.role),
        until=until,
        reason=reason,
    )
