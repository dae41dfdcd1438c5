"""What a decision on an objection must say: about the whole, and about each contested item (L V.B.5)."""

from collections.abc import Sequence

from contracts.amendments import ScoreChange
from contracts.base import Rating
from contracts.feedback.objections import DecidedItem, Decision, ObjectionOutcome
from kit.errors import Invalid
from services.feedback.texts import REASON, required


class ScoredDecision(Decision):
    """A decision with the criteria and indicators that it sets anew."""

    scores: tuple[ScoreChange, ...] = ()


def check_decision(
    decision: ScoredDecision, *, result_rating: str, behaviour_rating: str, rescored: bool = False
) -> None:
    """Raises Invalid unless an amendment changes a rating, or a score, and an upheld result keeps all of them.

    Ratings come both or, where scores are set anew (``rescored``: to other numbers than stand), not at all.
    """
    new: tuple[Rating | None, Rating | None] = (decision.result_rating, decision.behaviour_rating)
    if decision.outcome is ObjectionOutcome.UPHELD:
        if any(new) or decision.scores:
            raise Invalid(
                "an upheld result keeps its ratings and scores: leave them out", "hasil yang dikuatkan tidak berubah"
            )
        return
    if not all(new) and (any(new) or not decision.scores):
        raise Invalid(
            "an amendment needs both new ratings, or scores that are set anew",
            "perubahan memerlukan kedua rating baru, atau nilai yang ditetapkan kembali",
        )
    if not rescored and new in ((None, None), (result_rating, behaviour_rating)):
        raise Invalid(
            "an amendment must change a rating or a score: else uphold the result",
            "perubahan harus mengubah rating atau nilai",
        )


def itemised(decision: ScoredDecision, contested: Sequence[str]) -> ScoredDecision:
    """The decision with one word about each contested item, in their order; raises Invalid if they do not fit.

    Who says nothing about single items decides all of them alike, with the one reason.
    """
    amended = decision.outcome is ObjectionOutcome.AMENDED
    if not decision.items:
        alike = tuple(DecidedItem(item=one, amended=amended, reason=decision.reason) for one in contested)
        return decision.model_copy(update={"items": alike})
    about = {one.item: one.model_copy(update={"reason": required(one.reason, name=REASON)}) for one in decision.items}
    if len(about) != len(decision.items) or set(about) != set(contested):
        raise Invalid(
            f"decide each contested item once: {', '.join(contested) or 'none was named'}",
            f"putuskan setiap butir keberatan satu kali: {', '.join(contested) or 'tidak ada butir'}",
            where="items",
        )
    if any(one.amended for one in about.values()) is not amended:
        raise Invalid(
            "the whole is amended if, and only if, one of its items is",
            "hasil diubah jika dan hanya jika salah satu butir diubah",
            where="outcome",
        )
    return decision.model_copy(update={"items": tuple(about[one] for one in dict.fromkeys(contested))})
