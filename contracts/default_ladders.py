"""What happens around a due date where a frozen policy says nothing: every kind ends, or says here why it does not.

A cycle keeps the policy that it was opened under. A kind that the software learned later is not named in it, and must
not keep the cycle open for ever: it is reminded, escalated, and then lapses as its service has it by default.
"""

from collections.abc import Mapping

from contracts.obligations import Ladder, ObligationKind, Rung, Step

OPEN_ENDED: Mapping[ObligationKind, str] = {
    ObligationKind.PROPOSE_PLAN: "nobody is rated without a plan; the superior takes it over and the office sees to it (art. 14)",
    ObligationKind.ANSWER_PLAN: "the rater's superior then holds the dialogue and sets the plan (L II.C.5)",
    ObligationKind.ASSESS: "clock 5: the superior then rates; no rating is made up (L V.A.8)",
    ObligationKind.ISSUE_RESULT: "clock 3: the superior then signs; nothing is delivered without a signature (L V.A.5)",
    ObligationKind.DECIDE_OBJECTION: "clock 9: nothing is deemed decided (L V.B.3-6)",
    ObligationKind.REPORT_UPWARD: "clock 7: the report is made late rather than never (L V.A.7, 11)",
    ObligationKind.ANSWER_CLARIFICATION: "a question about a result has an answer with a reason before the result is issued",
    ObligationKind.ANSWER_IDEA: "whoever brings an idea has an answer; the office sees to it",
    ObligationKind.PLAN_DEVELOPMENT: "a poor result has a consequence (art. 31); the superior takes it over",
    ObligationKind.REVIEW_IMPROVEMENT: "each of the six months counts in the decision (PP 30/2019 arts 56-58)",
    ObligationKind.DECIDE_IMPROVEMENT: "a competent official decides, never the system (PP 30/2019 arts 56-58)",
    ObligationKind.GIVE_COACHING: "guidance and counselling are held (art. 21; L III)",
}
"""Kinds whose ladder may end with somebody who still owes it, and why; all others end in a lapse."""

LAPSE_WITHOUT_EFFECT: Mapping[ObligationKind, str] = {
    ObligationKind.ACKNOWLEDGE_STANDARD: "who has not read the standard is rated by it all the same",
    ObligationKind.GIVE_FEEDBACK: "silence is no feedback",
    ObligationKind.ASSESS_PEER: "what colleagues gave counts together, once the last of them owes nothing any more",
    ObligationKind.EVALUATE_PERIOD: "silence is no evaluation of the period; the cycle's own evaluation covers it (art. 24)",
}
"""Kinds for which a service has nothing to do when they lapse, and why."""

_LEGAL_DAYS: Mapping[ObligationKind, int] = {
    ObligationKind.ISSUE_RESULT: 10,  # clock 3: with the hand-over at +4 within 14 working days (L V.A.5)
    ObligationKind.ACKNOWLEDGE_RESULT: 14,  # clock 4: receipt is deemed no earlier (L V.A.6)
    ObligationKind.DECIDE_OBJECTION: 7,  # clock 9 (L V.B.3)
    ObligationKind.REPORT_UPWARD: 30,  # clock 7 (L V.A.7, 11)
}
_OTHERWISE = 5
_NOT_HANDED_OVER = frozenset(
    {
        ObligationKind.DECIDE_OBJECTION,
        ObligationKind.DECIDE_IMPROVEMENT,
        ObligationKind.REPORT_UPWARD,
        ObligationKind.GIVE_COACHING,
    }
)
"""What only the one who owes it may do: its superior has no part in it, the office sees to it."""

_REMINDED = (Rung(days=-1, step=Step.REMIND), Rung(days=0, step=Step.REMIND))
_SUPERIOR = Rung(days=2, step=Step.ESCALATE)
_OFFICE = Rung(days=6, step=Step.OFFICE)


def default_ladder(kind: ObligationKind) -> Ladder:
    """The ladder of a kind that the policy does not name; working days, the law's own where it sets them."""
    return Ladder(due_days=_LEGAL_DAYS.get(kind, _OTHERWISE), rungs=_rungs(kind))


def _rungs(kind: ObligationKind) -> tuple[Rung, ...]:
    if kind in _NOT_HANDED_OVER:
        return (*_REMINDED, _OFFICE)
    if kind in OPEN_ENDED:
        return (*_REMINDED, _SUPERIOR, Rung(days=4, step=Step.HAND_OVER), _OFFICE)
    return (*_REMINDED, _SUPERIOR, Rung(days=5, step=Step.LAPSE))
