"""Who may decide an objection: nobody who is a party to it (PermenPANRB 6/2022 art. 29)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from kit.errors import Refused


def authority_for(candidates: Sequence[UUID], *, parties: AbstractSet[UUID]) -> UUID:
    """Who will decide: the first of the rater's superior, the superiors above, and the office, who is no party.

    ``parties`` are the servant, the rater and who signed the result.
    """
    for candidate in candidates:
        if candidate not in parties:
            return candidate
    raise Refused(
        "conflict of interest: who would decide this objection is a party to it; the registry must name another authority",
        "benturan kepentingan: pejabat yang akan memutus adalah pihak dalam keberatan ini",
    )


def no_conflict(authority_id: UUID, *, parties: AbstractSet[UUID]) -> None:
    """Raises Refused if a party would decide its own case, e.g. after a hand-over."""
    if authority_id in parties:
        raise Refused(
            "conflict of interest: a party to the objection cannot decide it",
            "benturan kepentingan: pihak dalam keberatan tidak boleh memutus",
        )
