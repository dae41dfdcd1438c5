"""Units and civil servants as the events that are emitted when their rows change."""

from collections.abc import Iterable, Iterator
from typing import Any

from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from services.registry.servants.rules.offices import in_office
from services.registry.units.models import Unit


def servants_recorded(rows: Iterable[Any]) -> Iterator[ServantRecorded]:
    """One event a row of ``servants``; columns and fields have the same names but for the id.

    Others are told of the roles that count, wherever they come from: a file, or a declaration.
    """
    for row in rows:
        fields = dict(row._mapping)  # noqa: SLF001 - that is the name SQLAlchemy publishes it under
        fields["roles"] = in_office(fields["roles"], fields.pop("held_roles"))
        yield ServantRecorded(servant_id=fields.pop("id"), **fields)


def unit_recorded(unit: Unit) -> UnitRecorded:
    """The unit as it now is."""
    return UnitRecorded(
        tenant_id=unit.tenant_id,
        unit_id=unit.id,
        revision=unit.revision,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent_id=unit.parent_id,
        scope=unit.scope,
        period_months=unit.period_months,
        active=unit.active,
        work_days=None if unit.work_days is None else tuple(unit.work_days),
    )
