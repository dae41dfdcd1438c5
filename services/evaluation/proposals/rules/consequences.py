"""What a final result suggests to a competent official: never a sanction, never by itself.

PermenPANRB 6/2022 art. 31 and L V.A.12; the clocks of PP 30/2019 arts 56-58 begin only when an official says so.
"""

from collections.abc import Callable, Iterable

from contracts.policy import Consequences
from services.evaluation.proposals.rules import careers, development, rewards
from services.evaluation.proposals.rules.case import Case, Proposed

_RULES: Iterable[Callable[[Consequences, Case], Proposed | None]] = (
    careers.talent,
    careers.promotion,
    development.priority,
    development.training,
    development.coaching,
    development.improvement,
    rewards.innovation,
    rewards.credit,
)


def proposed(policy: Consequences, case: Case) -> tuple[Proposed, ...]:
    """Everything that this result suggests, at most one of a kind."""
    found = (rule(policy, case) for rule in _RULES)
    return tuple(one for one in found if one is not None)
