"""Units and people as a file gives them, after every cell was judged."""

from dataclasses import dataclass
from datetime import date

from contracts.registry.personnel import Status


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the file gives it."""

    line: int
    code: str
    name: str
    kind: str
    parent_code: str | None
    period_months: int | None
    """The period that the agency chose; None if it has the policy's."""
    work_days: tuple[int, ...] | None = None
    """The week that the unit works, Monday = 0; None if it works as the unit above."""


@dataclass(frozen=True, slots=True)
class ServantRow:
    """A civil servant as the file gives him or her."""

    line: int
    nip: str
    name: str
    employment_type: str
    grade: str
    position: str
    position_kind: str
    unit_code: str
    is_head: bool
    rater_nip: str | None
    email: str
    roles: tuple[str, ...]
    language: str
    since: date | None
    """From when the rater relation holds; None means from today."""
    status: Status | None = None
    """None if the file says nothing of it."""
    former_nip: str | None = None
    """The number under which the person is recorded, where this line gives a new one."""


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    """A level of a technical competence that a position asks for, as the file gives it."""

    line: int
    position: str
    code: str
    name: str
    required: int
    """Level, 1 to 5."""
    valid_from: date
    valid_to: date | None = None
