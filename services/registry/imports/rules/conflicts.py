"""Lines of a servants file by which an officer would act on a case of her own, or of somebody with whom she is connected.

A line that changes nothing is no act: the whole file of a city may be sent by any officer as long as the lines about
herself and those connected with her say what is recorded already.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.conflicts import MEND, Conflict
from kit.files.errors import FileErrors, Place
from services.registry.imports.rules.rows import ServantRow

Barred = Callable[[Sequence[UUID]], Conflict | None]
"""Why whoever imports may not act about one of these people, if so."""
MayAct = Callable[[Sequence[UUID], Sequence[UUID]], bool]
"""Whether whoever imports may act about these people, whom the line makes or unmakes raters named apart."""
_COLUMNS = ("name", "email", "employment_type", "grade", "position", "position_kind", "unit_code", "language")


@dataclass(frozen=True, slots=True)
class Before:
    """A civil servant as he or she is recorded, in the words of a line."""

    id: UUID
    row: ServantRow
    rater_id: UUID | None
    pinned: bool
    """The rater stays against what a file says."""


def judge_conflicts(
    rows: Sequence[ServantRow],
    recorded: Mapping[str, Before],
    ids: Mapping[str, UUID],
    *,
    at: Callable[[int, str], Place],
    barred: Barred,
    may_act: MayAct,
    errors: FileErrors,
) -> None:
    """Note each changed cell of a line that this person may not change; ``ids`` are those of all recorded people.

    ``at`` tells where a cell stands, by line and column.
    """
    for row in rows:
        for column, about, raters in _acts(row, recorded.get(row.nip), ids):
            if not may_act(about, raters):
                why = barred([*about, *raters])
                wrong = (
                    _OTHERS
                    if why is None
                    else (
                        f"conflict of interest: this concerns {why.words.en}",
                        f"benturan kepentingan: menyangkut {why.words.id}",
                    )
                )
                errors.add(at(row.line, column), wrong, (MEND.en, MEND.id))
                break


_OTHERS = (
    "an officer without a conflict of interest changes this",
    "diubah oleh petugas pengelola kinerja yang tidak berbenturan kepentingan",
)


def _acts(
    row: ServantRow, before: Before | None, ids: Mapping[str, UUID]
) -> Iterator[tuple[str, list[UUID], list[UUID]]]:
    """Each column that changes something, whom that concerns, and who rates by it or not any more."""
    rater = None if row.rater_nip is None else ids.get(row.rater_nip)
    if before is None:
        yield "rater_nip", [], [] if rater is None else [rater]
        return
    if row.former_nip is not None:
        yield "nip", [before.id], []
    for column in (*_COLUMNS, "head", "roles", "status"):
        if _value(row, column) != _value(before.row, column) and not (column == "status" and row.status is None):
            yield column, [before.id], []
    if row.rater_nip != before.row.rater_nip and not before.pinned:
        yield "rater_nip", [before.id], [one for one in (before.rater_id, rater) if one is not None]


def _value(row: ServantRow, column: str) -> object:
    return row.is_head if column == "head" else getattr(row, column)
