"""Who leads whom after somebody became absent, was transferred or is stood in for.

PermenPANRB 6/2022, L IV.A: the rater is the direct superior; if he is permanently absent, the next superior up; the
superior may delegate to an acting official (Plt/Plh).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from contracts.registry.personnel import AT_WORK, Status


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody in the line of superiors."""

    rater_id: UUID | None
    status: Status


def can_lead(status: Status) -> bool:
    """Only who is at work; the others are permanently absent as raters."""
    return status in AT_WORK


def next_superior(start: UUID | None, line: Mapping[UUID, Leader], *, but: UUID | None = None) -> UUID | None:
    """The first in the line from ``start`` upwards who can lead, and is not ``but``; None above the top."""
    seen: set[UUID] = set()
    walker = start
    while walker is not None and walker in line and walker not in seen:
        if walker != but and can_lead(line[walker].status):
            return walker
        seen.add(walker)
        walker = line[walker].rater_id
    return None


def successors(people: Iterable[UUID], *, acting: UUID | None, superior: UUID | None) -> dict[UUID, UUID | None]:
    """The new rater of each: the acting official, for that official and without one the next superior."""
    return {one: superior if acting is None or one == acting else acting for one in people}


def given_back(
    moved: Iterable[tuple[UUID, UUID | None]],
    raters: Mapping[UUID, UUID | None],
    stood_in: Mapping[UUID, UUID | None],
    line: Mapping[UUID, Leader],
) -> dict[UUID, UUID | None]:
    """Who gets which rater when a change ends: the former one, or the next superior above who can lead.

    Whoever was given to somebody else meanwhile stays there (``raters`` now, against ``stood_in`` then).
    """
    return {
        one: next_superior(former, line) for one, former in moved if one in raters and raters[one] == stood_in.get(one)
    }
