"""What was read otherwise than it is written, what was passed over and what the office must say: shown in the report."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from kit.files.errors import FileErrors, Place, quoted

MOST = 50
"""Pairs of one column that are told; of the others only how many rows there are."""
SHOWN = 20
"""Rows of a question that are named."""


@dataclass(slots=True)
class Question:
    """A value that may mean several things."""

    place: Place
    value: str
    column: str
    why: tuple[str, str]
    choices: tuple[str, ...]
    rows: list[int] = field(default_factory=list)
    total: int = 0


@dataclass(slots=True)
class Notes:
    """Of one import."""

    changed: defaultdict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    others: Counter[str] = field(default_factory=Counter)
    passed: list[dict[str, Any]] = field(default_factory=list)
    questions: dict[tuple[str, str, str], Question] = field(default_factory=dict)
    mappings: list[dict[str, Any]] = field(default_factory=list)

    def change(self, column: str, old: str, new: str) -> None:
        """One more cell that was read as something else."""
        pairs, pair = self.changed[column], (old, new)
        if pair in pairs or len(pairs) < MOST:
            pairs[pair] += 1
        else:
            self.others[column] += 1

    def ask(self, place: Place, column: str, value: str, why: tuple[str, str], choices: tuple[str, ...]) -> None:
        """One more row on which the office must say what is meant."""
        asked = self.questions.setdefault((place.file, column, value), Question(place, value, column, why, choices))
        asked.total += 1
        if len(asked.rows) < SHOWN:
            asked.rows.append(place.line)

    def note_questions(self, errors: FileErrors) -> None:
        """Nothing is taken in until each is answered."""
        for one in self.questions.values():
            rows = ", ".join(str(row) for row in one.rows) + (", ..." if one.total > len(one.rows) else "")
            wrong = f"{one.why[0]} (rows {rows})", f"{one.why[1]} (baris {rows})"
            choices = f": {', '.join(one.choices)}" if one.choices else ""
            fix = (
                f"answer what '{quoted(one.value)}' in {one.column} means{choices}",
                f"jawab arti '{quoted(one.value)}' pada {one.column}{choices}",
            )
            errors.told.discard((one.place.file, one.place.line, one.place.column))
            errors.add(one.place, wrong, fix)

    def told(self) -> dict[str, Any]:
        """As JSON; numbers of people are told by their beginning alone where there are many."""
        changed = [
            {"column": column, "from": quoted(old), "to": quoted(new), "rows": rows}
            for column, pairs in self.changed.items()
            for (old, new), rows in pairs.most_common()
        ]
        changed += [
            {"column": column, "from": "...", "to": "...", "rows": rows} for column, rows in self.others.items()
        ]
        asked = [
            {
                "file": one.place.file, "sheet": one.place.sheet, "field": one.column, "value": one.value,
                "en": one.why[0], "id": one.why[1], "choices": list(one.choices), "rows": one.rows, "total": one.total,
            }
            for one in self.questions.values()
        ]  # fmt: skip
        return {"normalised": changed, "passed_over": self.passed, "questions": asked, "mappings": self.mappings}
