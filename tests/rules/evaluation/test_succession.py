"""Who evaluates after a change of personnel (PermenPANRB 6/2022, L IV.A and L II.C.8), case by case."""

from datetime import date

import pytest

from contracts.registry.personnel import ChangeKind, Status
from services.evaluation.appraisals.rules.succession import Case, has_new_rater, last_day

STATUS, TRANSFER = ChangeKind.STATUS, ChangeKind.TRANSFER


@pytest.mark.parametrize(
    ("kind", "about_self", "evaluating", "assessed", "new"),
    [
        # The employee moved: the new rater evaluates, whenever it was.
        (TRANSFER, True, False, False, True),
        (TRANSFER, True, True, False, True),
        # The rater moved outside the evaluation window: does not evaluate the old unit; inside the window: does.
        (TRANSFER, False, False, False, True),
        (TRANSFER, False, True, False, False),
        # The rater is absent for good: neither evaluates nor signs, in the window or not.
        (STATUS, False, False, False, True),
        (STATUS, False, True, False, True),
        (STATUS, False, True, True, True),
        # Delegation and correction hold at once.
        (ChangeKind.ACTING, False, True, False, True),
        (ChangeKind.CORRECTION, True, True, False, True),
        (ChangeKind.RATER, True, False, False, True),
        # What was evaluated already stands, and whoever evaluated signs.
        (TRANSFER, True, True, True, False),
        (TRANSFER, False, False, True, False),
        (ChangeKind.ACTING, False, True, True, False),
        (ChangeKind.CORRECTION, True, True, True, False),
    ],
)
def test_who_evaluates(*, kind: ChangeKind, about_self: bool, evaluating: bool, assessed: bool, new: bool) -> None:
    case = Case(kind, about_self=about_self, evaluating=evaluating, assessed=assessed)
    assert has_new_rater(case) is new


END = date(2026, 6, 30)


@pytest.mark.parametrize(
    "status", [Status.SUSPENDED, Status.UNPAID_LEAVE, Status.PRE_RETIREMENT, Status.RETIRED, Status.DIED]
)
def test_the_part_of_the_period_before_the_change_counts(status: Status) -> None:
    """PermenPANRB 6/2022 L II.C.8: who is not covered from a day on is appraised up to the day before."""
    assert last_day(status, date(2026, 5, 4), END) == date(2026, 5, 3)
    assert last_day(status, date(2026, 6, 30), END) == date(2026, 6, 29)
    assert last_day(status, date(2026, 7, 1), END) is None


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.STUDY_LEAVE])
def test_who_is_covered_is_appraised_for_the_whole_period(status: Status) -> None:
    assert last_day(status, date(2026, 5, 4), END) is None
