"""The parts of a period with one rater and one position each; months as in ``credits/rules/parts.py``, by their first day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.registry.personnel import COVERED
from services.evaluation.credits.rules.parts import Held, held_on, months_of


@dataclass(frozen=True, slots=True)
class FormerRater:
    """Who rated until a day, that day included; None: the performance office did."""

    until: date
    rater_id: UUID | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of months."""

    first: date
    """First day of the first month."""
    last: date
    """First day of the last month."""
    rater_id: UUID | None
    """None: whoever signed the result."""
    position_kind: str


def parts(start: date, end: date, *, former: Sequence[FormerRater], held: Sequence[Held]) -> tuple[Part, ...]:
    """In the order of their months; ``former`` and ``held`` lie in the order of their days.

    Months in which the person held nothing here, or was not covered (L II.C.8), are in no part; if that is every month,
    the whole period is one.
    """
    found: list[Part] = []
    for month in months_of(start, end):
        position = held_on(held, month)
        if position is None or position.status not in COVERED:
            continue
        rater = _rater_on(former, month)
        before = found[-1] if found else None
        if before is not None and (before.rater_id, before.position_kind) == (rater, position.position_kind):
            found[-1] = Part(before.first, month, rater, position.position_kind)
        else:
            found.append(Part(month, month, rater, position.position_kind))
    whole = Part(start, end.replace(day=1), None, held[-1].position_kind if held else "")
    return tuple(found) or (whole,)


def _rater_on(former: Sequence[FormerRater], day: date) -> UUID | None:
    return next((one.rater_id for one in former if one.until >= day), None)
