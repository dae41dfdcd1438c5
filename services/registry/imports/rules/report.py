"""What an import did, line by line and in sum."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

CREATED, CHANGED, UNCHANGED, MISSING = "created", "changed", "unchanged", "not in file"


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of one line, or of somebody who is recorded but not in the file (no line)."""

    file: str
    line: int | None
    subject_id: UUID
    code: str
    outcome: str
    note: str | None = None


@dataclass(slots=True)
class Report:
    """The outcome of one import."""

    import_id: UUID | None = None
    """None after a rehearsal."""
    policies: list[str] = field(default_factory=list)
    """Scopes with a new version, e.g. ``16.71 v2``."""
    calendar: bool = False
    units: list[RowDone] = field(default_factory=list)
    servants: list[RowDone] = field(default_factory=list)
    changes: list[RowDone] = field(default_factory=list)
    competences: list[RowDone] = field(default_factory=list)
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What was read otherwise than written, passed over and warned of."""

    def rows(self) -> Iterator[RowDone]:
        """Units, people, changes of personnel, then competences of positions."""
        yield from self.units
        yield from self.servants
        yield from self.changes
        yield from self.competences

    def counts(self) -> dict[str, dict[str, int]]:
        """By kind and outcome."""
        return {
            "policies": {"published": len(self.policies)},
            "calendar": {"published": int(self.calendar)},
            "units": _counted(self.units),
            "servants": _counted(self.servants),
            "changes": _counted(self.changes),
            "competences": _counted(self.competences),
        }


def _counted(rows: list[RowDone]) -> dict[str, int]:
    found = Counter(row.outcome for row in rows)
    return {outcome: found[outcome] for outcome in (CREATED, CHANGED, UNCHANGED, MISSING)}
