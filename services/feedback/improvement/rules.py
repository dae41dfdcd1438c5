"""The states of an improvement case, when its months are over, and what may be decided then (PP 30/2019 arts 56-58)."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from contracts.feedback.improvement import ImprovementOutcome
from kit.errors import Invalid, Refused

MONTHS = 6
"""PP 30/2019 arts 56-58."""
LONGEST_EXTENSION = 6


class CaseState(StrEnum):
    """Where a case of improvement stands."""

    RUNNING = "RUNNING"
    DECIDABLE = "DECIDABLE"
    ENDED_WELL = "ENDED_WELL"
    FURTHER_MEASURES = "FURTHER_MEASURES"
    SUPERSEDED = "SUPERSEDED"


class Act(StrEnum):
    """What happens to a case of improvement."""

    REVIEW = "REVIEW"
    """A month is reviewed, late while a decision is owed."""
    ASK_FOR_DECISION = "ASK_FOR_DECISION"
    """The months are over."""
    EXTEND = "EXTEND"
    END_WELL = "END_WELL"
    TAKE_FURTHER_MEASURES = "TAKE_FURTHER_MEASURES"
    SUPERSEDE = "SUPERSEDE"
    """The result that it came from got a newer version."""


MOVES: dict[CaseState, dict[Act, CaseState]] = {
    CaseState.RUNNING: {
        Act.REVIEW: CaseState.RUNNING,
        Act.ASK_FOR_DECISION: CaseState.DECIDABLE,
        Act.SUPERSEDE: CaseState.SUPERSEDED,
    },
    CaseState.DECIDABLE: {
        Act.REVIEW: CaseState.DECIDABLE,
        Act.EXTEND: CaseState.RUNNING,
        Act.END_WELL: CaseState.ENDED_WELL,
        Act.TAKE_FURTHER_MEASURES: CaseState.FURTHER_MEASURES,
        Act.SUPERSEDE: CaseState.SUPERSEDED,
    },
    CaseState.ENDED_WELL: {},
    CaseState.FURTHER_MEASURES: {},
    CaseState.SUPERSEDED: {},
}

_DECISIONS = {
    ImprovementOutcome.EXTENDED: Act.EXTEND,
    ImprovementOutcome.ENDED_WELL: Act.END_WELL,
    ImprovementOutcome.FURTHER_MEASURES: Act.TAKE_FURTHER_MEASURES,
}


def is_open(state: str) -> bool:
    """Neither decided for good nor superseded."""
    return bool(MOVES[CaseState(state)])


def moved(state: str, act: Act) -> str:
    """Where the act leads from this state; raises Refused where the case has ended."""
    if (there := MOVES[CaseState(state)].get(act)) is None:
        raise Refused("this case has ended", "kasus ini sudah berakhir")
    return there.value


def decided(state: str, outcome: ImprovementOutcome, months: int | None) -> str:
    """The state that a decision leads to; raises unless the months are over, and an extension says by how many."""
    if (there := MOVES[CaseState(state)].get(_DECISIONS[outcome])) is None:
        if state == CaseState.SUPERSEDED:
            raise Refused(
                "the result that this case came from got a newer version", "hasil kasus ini sudah digantikan versi baru"
            )
        raise Refused(
            "the decision follows when the months are over", "keputusan diambil setelah masa perbaikan berakhir"
        )
    _check_months(outcome, months)
    return there.value


def _check_months(outcome: ImprovementOutcome, months: int | None) -> None:
    extends = outcome is ImprovementOutcome.EXTENDED
    if extends is (months is None):
        raise Invalid(
            f"say by how many months (1 to {LONGEST_EXTENSION}) an extension extends; leave them out otherwise",
            f"sebutkan jumlah bulan (1 sampai {LONGEST_EXTENSION}) hanya untuk perpanjangan",
            where="months",
        )
    if months is not None and not 1 <= months <= LONGEST_EXTENSION:
        raise Invalid(
            f"an extension has 1 to {LONGEST_EXTENSION} months", f"perpanjangan 1 sampai {LONGEST_EXTENSION} bulan"
        )


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one where that month is shorter."""
    # Counted from the beginning each time, never from the month before: 31 January would stay on the 28th for good.
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
