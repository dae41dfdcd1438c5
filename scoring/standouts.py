"""What stands out among a person's criteria: strengths, areas to improve, or nothing; never both of one criterion."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from contracts.policy import Standouts

USUAL = Standouts()


class Profile(NamedTuple):
    """Codes of criteria; both empty where none stands out, which is an answer."""

    strengths: tuple[str, ...] = ()
    """Best first."""
    areas: tuple[str, ...] = ()
    """Lowest first."""


def standing_out(criteria: Mapping[str, Decimal | None], rule: Standouts = USUAL) -> Profile:
    """Strengths and areas of one person, by the policy's rule; points of 0 to 120.

    An area is below the standard, or far below the person's other criteria. A strength is no area, meets the standard,
    and is strong in itself or far above the others. What has no value is neither.
    """
    # Best first; in alphabetical order where equal, so that the order of entry says nothing.
    known = {code: value for code, value in criteria.items() if value is not None}
    ranked = sorted(known, key=lambda code: (-known[code], code))
    areas = [code for code in reversed(ranked) if _is_area(known, code, rule)]
    strong = [code for code in ranked if code not in areas and _is_strong(known, code, rule)]
    return Profile(tuple(strong), tuple(areas))


def _is_area(known: Mapping[str, Decimal], code: str, rule: Standouts) -> bool:
    return known[code] < rule.standard or _lead(known, code, rule) < 0


def _is_strong(known: Mapping[str, Decimal], code: str, rule: Standouts) -> bool:
    return known[code] >= rule.strong_from or _lead(known, code, rule) > 0


def _lead(known: Mapping[str, Decimal], code: str, rule: Standouts) -> int:
    """1 where the criterion lies the stated distance above the mean of the others, -1 where below it, else 0."""
    others = len(known) - 1
    # Multiplied out: a mean of three is no decimal, and a rounded one could tip over an edge.
    apart = known[code] * others - (sum(known.values()) - known[code])
    far = rule.distance * others
    return 0 if not others else (apart >= far) - (apart <= -far)
