"""When the same change asked for again is the same change, and when it is a new one.

Rater A, then B, then A on one day with one reason are three changes. Who sends a change again because no answer came
means the one that was recorded. So a change is a repeat only if nothing came between: no other change of the person
was recorded since, and the rater it gave is still the rater.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.personnel.rules.states import ChangeState


class Recorded(Protocol):
    """A recorded change, as its row has it."""

    id: UUID
    servant_id: UUID
    kind: str
    effective_on: date
    until: date | None
    payload: dict[str, Any]
    reason: str
    state: str


def alike(one: Recorded, wanted: Wanted) -> bool:
    """Whether this says the same of the same person, with the same reason, from the same day on."""
    if (one.servant_id, one.kind, one.effective_on) != (wanted.servant_id, wanted.kind, wanted.effective_on):
        return False
    effect = Effect.model_validate(one.payload).model_copy(update={"moved": ()})
    return (effect, one.reason, one.until) == (wanted.effect, wanted.reason, wanted.until)


def is_repeat(
    one: Recorded,
    recorded: Sequence[Recorded],
    *,
    rater_id: UUID | None,
    today: date,
    of_file: frozenset[UUID] | None,
) -> bool:
    """Whether nothing came after ``one`` of all that was ``recorded``, in this order, about the person.

    A file is a record of what was so: sent again, it does not take back what began on a later day or what its own lines
    (``of_file``) say; a person who asks means that it shall be so now.
    """
    later = [other for other in recorded[recorded.index(one) + 1 :] if of_file is None or other.id not in of_file]
    if of_file is not None:
        return not any(other.effective_on <= one.effective_on for other in later)
    return not later and _stands(one, rater_id, today)


def _stands(one: Recorded, rater_id: UUID | None, today: date) -> bool:
    """Whether the rater whom the change gave still rates; others' changes and files give people other raters as well."""
    gives = Effect.model_validate(one.payload).rater_id
    over = one.until is not None and one.until < today
    return gives in (None, rater_id) or one.state != ChangeState.APPLIED or over
