"""The hearing of both sides before a decision (L V.B.3-4): whose statements it waits for, and when it is over."""

from datetime import datetime
from enum import StrEnum

from kit.errors import NotReady, Refused
from services.feedback.objections.rules.states import Stage


class Side(StrEnum):
    """Who explains in a hearing."""

    RATER = "RATER"
    SERVANT = "SERVANT"


def hearing_is_over(*, complete: bool, statements_by: datetime, now: datetime) -> bool:
    """Both sides explained, or the time to do so has passed; a silent side does not hold up the other."""
    return complete or now >= statements_by


def may_decide(stage: str, *, over: bool) -> None:
    """Raises Refused before both sides were asked and had their time (L V.B.3-4)."""
    if stage == Stage.FILED:
        raise Refused("both sides must be asked for an explanation first", "kedua pihak harus dimintai penjelasan dulu")
    if stage == Stage.HEARING and not over:
        raise Refused(
            "both statements must be in, or their limit passed, before a decision",
            "kedua penjelasan harus masuk, atau batas waktunya lewat, sebelum keputusan",
        )


def may_close_hearing(stage: str, *, over: bool) -> None:
    """Raises unless the hearing has run its course; NotReady is asked again."""
    if stage == Stage.FILED:
        raise Refused("both sides must be asked for an explanation first", "kedua pihak harus dimintai penjelasan dulu")
    if stage == Stage.HEARING and not over:
        raise NotReady("the hearing still runs", "pemeriksaan masih berjalan")
