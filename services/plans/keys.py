"""Foreign keys that several tables share."""

from sqlalchemy import ForeignKeyConstraint


def of_plan(table: str) -> ForeignKeyConstraint:
    """A row of this table belongs to a plan of the same city."""
    return ForeignKeyConstraint(["tenant_id", "plan_id"], ["plans.tenant_id", "plans.id"], name=f"fk_{table}_plan")
