"""Foreign keys of this service's tables: always within one city."""

from sqlalchemy import ForeignKeyConstraint


def of_cycle(table: str) -> ForeignKeyConstraint:
    """The row belongs to a cycle."""
    return _key(table, "cycle")


def of_appraisal(table: str) -> ForeignKeyConstraint:
    """The row belongs to an appraisal."""
    return _key(table, "appraisal")


def _key(table: str, parent: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["tenant_id", f"{parent}_id"], [f"{parent}s.tenant_id", f"{parent}s.id"], name=f"fk_{table}_{parent}"
    )
