"""When the pulse is taken, when it is read, and which numbers are shown so that no small group can be worked out."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from contracts.base import Phase
from kit.errors import Invalid, Refused

VALUES = range(1, 6)


def is_taken(phase: str | None, *, closed: bool) -> bool:
    """While the work is done: answers are given in EXECUTION."""
    return not closed and phase == Phase.EXECUTION


def is_read(phase: str | None, *, closed: bool) -> bool:
    """After it, once and for all: numbers that grew while one looked would tell what the last one had answered."""
    order = list(Phase)
    return closed or (phase is not None and order.index(Phase(phase)) > order.index(Phase.EXECUTION))


def check_answers(answers: Sequence[int], *, questions: int) -> None:
    """Raises Refused where nothing is asked, Invalid unless each statement has one value of 1 to 5."""
    if not questions:
        raise Refused("this cycle asks nothing of the kind", "siklus ini tidak memiliki survei")
    if len(answers) != questions or any(one not in VALUES for one in answers):
        raise Invalid(
            f"answer each of the {questions} statements with 1 to 5, in their order",
            f"jawab setiap pernyataan ({questions}) dengan 1 sampai 5 menurut urutannya",
            where="answers",
        )


def shown(units: Mapping[UUID, int], *, minimum: int) -> frozenset[UUID]:
    """The units whose numbers are shown, by how many answered in each.

    Those of fewer than ``minimum`` are hidden, and of the others the smallest as well where what is hidden would
    together be fewer than ``minimum``: the number of the whole city minus all that is shown would be theirs.
    """
    order = sorted(units, key=lambda one: (units[one], one))
    hidden = [one for one in order if units[one] < minimum]
    while hidden and sum(units[one] for one in hidden) < minimum and len(hidden) < len(order):
        hidden.append(order[len(hidden)])
    return frozenset(order[len(hidden) :])
