"""The predicates of a unit beside the guidance for its organisation's achievement: a warning, never a quota.

SE MenPANRB 3/2023; PermenPANRB 6/2022 art. 24.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from contracts.base import OrgPerformance, Predicate
from contracts.policy.distribution import Distribution, DistributionGuide, DistributionLimit
from scoring.numbers import rounded
from services.evaluation.findings.rules.fairness import HUNDRED, Finding, FindingCode

Counts = Mapping[Predicate, int]


def head_counts(shares: Mapping[Predicate, Decimal], people: int) -> dict[Predicate, int]:
    """Shares of 100 as whole people by largest remainder; of equal remainders the better predicate comes first."""
    exact = {one: shares.get(one, Decimal(0)) * people / HUNDRED for one in Predicate}
    heads = {one: int(value.to_integral_value(ROUND_FLOOR)) for one, value in exact.items()}
    order = list(Predicate)
    # Largest remainder, so that the heads add up to the people; plain rounding would make one too many or too few.
    by_rest = sorted(order, key=lambda one: (heads[one] - exact[one], order.index(one)))
    for one in by_rest[: people - sum(heads.values())]:
        heads[one] += 1
    return heads


def is_checked(policy: Distribution, counts: Counts) -> bool:
    """Percentages of a few people mean nothing; the policy names the smallest unit."""
    return sum(counts.values()) >= policy.smallest_unit


def guide_of(policy: Distribution, performance: OrgPerformance | None) -> DistributionGuide | None:
    """The guidance for this achievement; None while it is not set, or where the policy has none."""
    return None if performance is None else policy.guides.get(performance)


def deviations(policy: Distribution, performance: OrgPerformance | None, counts: Counts) -> tuple[Finding, ...]:
    """Where the unit leaves the guidance; nothing for a small unit."""
    guide = guide_of(policy, performance)
    if guide is None or not is_checked(policy, counts):
        return ()
    people = sum(counts.values())
    found = [*_largest(guide, counts, people)]
    for limit in guide.limits:
        found += _limit(limit, sum(counts.get(one, 0) for one in limit.predicates), people)
    return tuple(found)


def _largest(guide: DistributionGuide, counts: Counts, people: int) -> list[Finding]:
    if guide.largest is None:
        return []
    own, best = counts.get(guide.largest, 0), max(counts.values(), default=0)
    if own >= best:
        return []
    return [_finding(FindingCode.NOT_LARGEST, own, people, _percent(best, people), (guide.largest,))]


def _limit(limit: DistributionLimit, heads: int, people: int) -> list[Finding]:
    found = []
    # Multiplied out instead of divided: 1 of 3 against 33.33 per cent must not depend on a rounding.
    if heads * HUNDRED > limit.at_most * people:
        found.append(_finding(FindingCode.TOO_MANY, heads, people, limit.at_most, limit.predicates))
    if heads * HUNDRED < limit.at_least * people:
        found.append(_finding(FindingCode.TOO_FEW, heads, people, limit.at_least, limit.predicates))
    elif heads < limit.heads:
        least = _percent(limit.heads, people)
        found.append(_finding(FindingCode.TOO_FEW, heads, people, least, limit.predicates))
    return found


def _finding(code: FindingCode, heads: int, people: int, limit: Decimal, about: tuple[Predicate, ...]) -> Finding:
    return Finding(code=code, value=_percent(heads, people), limit=limit, about=tuple(one.value for one in about))


def _percent(heads: int, people: int) -> Decimal:
    return rounded(Decimal(heads * 100) / people)
