"""The states of an objection and what moves it; the table is the documentation (PermenPANRB 6/2022 art. 29, L V.B)."""

from enum import StrEnum

from contracts.feedback.objections import ObjectionOutcome
from kit.errors import Refused


class Stage(StrEnum):
    """Where an objection stands."""

    FILED = "FILED"
    HEARING = "HEARING"
    DECIDABLE = "DECIDABLE"
    UPHELD = "UPHELD"
    AMENDED = "AMENDED"
    WITHDRAWN = "WITHDRAWN"


class Act(StrEnum):
    """What happens to an objection."""

    ASK_BOTH_SIDES = "ASK_BOTH_SIDES"
    CLOSE_HEARING = "CLOSE_HEARING"
    """Both statements are in, or their limit has passed."""
    UPHOLD = "UPHOLD"
    AMEND = "AMEND"
    WITHDRAW = "WITHDRAW"


MOVES: dict[Stage, dict[Act, Stage]] = {
    Stage.FILED: {Act.ASK_BOTH_SIDES: Stage.HEARING, Act.WITHDRAW: Stage.WITHDRAWN},
    Stage.HEARING: {Act.CLOSE_HEARING: Stage.DECIDABLE, Act.WITHDRAW: Stage.WITHDRAWN},
    Stage.DECIDABLE: {Act.UPHOLD: Stage.UPHELD, Act.AMEND: Stage.AMENDED, Act.WITHDRAW: Stage.WITHDRAWN},
    Stage.UPHELD: {},
    Stage.AMENDED: {},
    Stage.WITHDRAWN: {},
}
"""A decision is final (PP 30/2019 art. 59); remand is not offered, and nothing is ever deemed decided."""

UNDECIDED = tuple(stage for stage, acts in MOVES.items() if acts)
"""Whatever can still happen to an objection happens in one of these."""

_STAGES = {
    Stage.FILED: "diajukan",
    Stage.HEARING: "diperiksa",
    Stage.DECIDABLE: "siap diputus",
    Stage.UPHELD: "diputus tetap",
    Stage.AMENDED: "diputus berubah",
    Stage.WITHDRAWN: "dicabut",
}
_ACTS = {
    Act.ASK_BOTH_SIDES: ("be heard", "diperiksa"),
    Act.CLOSE_HEARING: ("be taken from its hearing to the decision", "diteruskan ke keputusan"),
    Act.UPHOLD: ("be decided", "diputus"),
    Act.AMEND: ("be decided", "diputus"),
    Act.WITHDRAW: ("be withdrawn", "dicabut"),
}
_DECISIONS = {ObjectionOutcome.UPHELD: Act.UPHOLD, ObjectionOutcome.AMENDED: Act.AMEND}


def move(stage: str, act: Act) -> str:
    """Where the act leads from this stage; raises Refused where it is not possible."""
    here = Stage(stage)
    if (there := MOVES[here].get(act)) is None:
        en, indonesian = _ACTS[act]
        raise Refused(
            f"an objection that is {here.lower()} cannot {en}",
            f"keberatan yang {_STAGES[here]} tidak dapat {indonesian}",
        )
    return there.value


def decided(stage: str, outcome: ObjectionOutcome) -> str:
    """The stage that a decision leads to; raises Refused where none is possible."""
    return move(stage, _DECISIONS[outcome])


def is_open(stage: str) -> bool:
    """Not decided and not withdrawn."""
    return Stage(stage) in UNDECIDED
