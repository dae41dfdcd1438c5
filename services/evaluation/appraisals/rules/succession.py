"""Who evaluates after a change of personnel, and which part of the period counts.

PermenPANRB 6/2022, L IV.A: an employee who moved is evaluated by the new rater; a rater who moved outside the
evaluation window does not evaluate the old unit, inside the window does; for one who is permanently absent the next
superior does. L II.C.8: the suspended, those on leave without pay and in pre-retirement are not covered.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.registry.personnel import COVERED, ChangeKind, Status


@dataclass(frozen=True, slots=True)
class Case:
    """One appraisal at the moment of a change."""

    kind: ChangeKind
    about_self: bool
    """The change is about the person appraised, not about a rater."""
    evaluating: bool
    """The evaluation window of the cycle stands open."""
    assessed: bool
    """The rater has evaluated already."""


def has_new_rater(case: Case) -> bool:
    """Whether the rater whom the registry names now evaluates, and not the one before."""
    if case.kind is ChangeKind.STATUS and not case.about_self:
        return True  # who is absent neither evaluates nor signs
    if case.assessed:
        return False  # an evaluation that was given stands, and whoever gave it signs it (L V.A.5)
    if case.about_self:
        return True
    return not (case.kind is ChangeKind.TRANSFER and case.evaluating)


def last_day(status: Status, effective_on: date, period_end: date) -> date | None:
    """The last day that counts for a person who is not covered from a day on; None where the whole period does."""
    if status in COVERED:
        return None
    before = effective_on - timedelta(days=1)
    return None if before >= period_end else before
