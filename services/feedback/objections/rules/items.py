"""A decision speaks about each contested item, and about the whole what follows from them (L V.B.5)."""

from collections.abc import Sequence

from contracts.feedback.objections import DecidedItem, Decision, ObjectionOutcome
from kit.errors import Invalid
from services.feedback.words import REASON, required


def itemised(decision: Decision, contested: Sequence[str]) -> Decision:
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
