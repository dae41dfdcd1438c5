"""The states of a clarification, when one may be asked for, and what an answer must bring (Dumai, DMI-8)."""

from datetime import datetime
from enum import StrEnum

from contracts.base import Rating
from kit.errors import Invalid, Refused


class ClarificationState(StrEnum):
    """Where a question about a provisional result stands."""

    OPEN = "OPEN"
    EXPLAINED = "EXPLAINED"
    AMENDED = "AMENDED"


class Act(StrEnum):
    """What the rater does about it."""

    EXPLAIN = "EXPLAIN"
    AMEND = "AMEND"
    """With both new ratings, scores set anew, or both."""


MOVES: dict[ClarificationState, dict[Act, ClarificationState]] = {
    ClarificationState.OPEN: {Act.EXPLAIN: ClarificationState.EXPLAINED, Act.AMEND: ClarificationState.AMENDED},
    ClarificationState.EXPLAINED: {},
    ClarificationState.AMENDED: {},
}
"""Answered once: what is still doubted goes into an objection."""


def is_open(state: str) -> bool:
    """Not answered yet."""
    return bool(MOVES[ClarificationState(state)])


def may_clarify(*, enabled: bool, issued: bool, clarify_until: datetime, now: datetime) -> None:
    """Raises Refused unless the result is provisional and its clarification window is open (Dumai, DMI-8)."""
    if not enabled:
        raise Refused("this cycle has no clarification step", "siklus ini tidak memiliki tahap klarifikasi")
    if issued:
        raise Refused(
            "the result has been issued: an objection is the way now", "hasil sudah diterbitkan: ajukan keberatan"
        )
    if now > clarify_until:
        until = clarify_until.date().isoformat()
        raise Refused(
            f"the clarification window closed on {until}",
            f"masa klarifikasi berakhir pada {until}",
            clarify_until=clarify_until.isoformat(),
        )


def check_answer(
    outcome: ClarificationState,
    *,
    result_rating: Rating | None,
    behaviour_rating: Rating | None,
    issued: bool,
    rescored: bool = False,
) -> None:
    """Raises unless an amendment brings both ratings or sets scores anew (``rescored``), and an explanation neither."""
    if outcome not in MOVES[ClarificationState.OPEN].values():
        raise Invalid("the outcome is EXPLAINED or AMENDED", "hasil klarifikasi: EXPLAINED atau AMENDED")
    both, some = result_rating and behaviour_rating, result_rating or behaviour_rating
    if outcome is ClarificationState.AMENDED and not both and (some or not rescored):
        raise Invalid(
            "an amendment needs both new ratings, or scores that are set anew",
            "perubahan memerlukan kedua rating baru, atau nilai yang ditetapkan kembali",
        )
    if outcome is ClarificationState.EXPLAINED and (some or rescored):
        raise Invalid("an explanation changes no rating and no score", "penjelasan tidak mengubah rating atau nilai")
    if outcome is ClarificationState.AMENDED and issued:
        raise Refused(
            "the result has been issued and can only be changed by an objection",
            "hasil sudah diterbitkan dan hanya dapat diubah melalui keberatan",
        )
