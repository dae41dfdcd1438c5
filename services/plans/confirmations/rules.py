"""What may be said of a plan that was set, and what may still be said after that."""

from contracts.plans.confirmations import Answer
from kit.errors import Invalid, Refused, fault

NEXT: dict[Answer, frozenset[Answer]] = {
    Answer.SILENT: frozenset({Answer.AGREED, Answer.DISAGREED}),
    Answer.DISAGREED: frozenset({Answer.AGREED}),
    Answer.AGREED: frozenset(),
}
"""Who was silent may speak later, and two who disagreed may agree; who agreed does not take it back: the plan is amended."""


def require_next(before: Answer | None, answer: Answer) -> None:
    """Raises Refused for an answer that takes an agreement back."""
    if before is not None and answer not in NEXT[before]:
        raise Refused(
            "you agreed with this plan: ask your rater to amend it, and you are asked again",
            "Anda telah menyetujui rencana ini: mintalah pejabat penilai mengubahnya, lalu Anda ditanya kembali",
        )


def require_reason(answer: Answer, reason: str | None) -> None:
    """Raises Invalid for a disagreement without a reason."""
    if answer is Answer.DISAGREED and not (reason or "").strip():
        raise Invalid(
            "say what you disagree with: the reason stays with the plan",
            "sebutkan apa yang tidak Anda setujui: alasannya tetap melekat pada rencana",
            errors=[fault("reason", "required when you disagree", "wajib bila Anda tidak setuju")],
        )
