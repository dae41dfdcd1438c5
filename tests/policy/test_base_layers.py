"""The two regulations as data say what the regulations say, and what the contract takes for granted."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.base import OrgPerformance, Predicate
from contracts.policy import Consequences, Distribution, FeedbackRule, Moderation, NumericMethod, Policy
from contracts.policy.follow_up import Direction
from policy.fingerprint import content_hash
from policy.shipped import shipped
from scoring import bands, pp30
from tests.support.library_of import effective, text_of

FIRST = Path(__file__).parent / "first_edition.json"
"""An effective policy as it was published before policies knew distribution, feedback and findings about raters."""


@pytest.fixture
def policy() -> Policy:
    return effective(text_of("dumai")).policy


def test_pp_30_2019_gives_the_weight_pairs_and_the_bands(policy: Policy) -> None:
    """Art. 41(2)-(5); docs/domain.md 2.5."""
    assert not policy.considers_peers_and_reports
    pairs = {False: policy.numeric.plan_weight, True: policy.numeric.plan_weight_with_peers}
    assert pairs == {False: Decimal(70), True: Decimal(60)}
    for considers, plan in pairs.items():
        assert pp30.weights(considers_peers_and_reports=considers) == (int(plan), 100 - int(plan))
    assert policy.numeric.ceiling == 120
    assert tuple((one.name, one.at_least) for one in policy.bands) == tuple(bands.PP30)


def test_sawahlunto_takes_the_other_pair() -> None:
    """Peers assess: 60/40 (docs/domain.md 5.1)."""
    assert effective(text_of("sawahlunto")).policy.considers_peers_and_reports


def test_permenpanrb_6_2022_stands_on_pp_30_2019() -> None:
    upper, lower = shipped("permenpanrb-6-2022"), shipped("pp-30-2019")
    assert upper is not None
    assert lower is not None
    assert upper.data["inherits"] == lower.data["regulation"] == "pp-30-2019"
    assert "inherits" not in lower.data
    assert shipped("../cities/dumai/policy") is None


def test_the_contract_takes_for_granted_what_the_regulations_say(policy: Policy) -> None:
    """So that a policy from before these keys existed means the same."""
    assert policy.distribution == Distribution()
    assert policy.moderation == Moderation()
    assert policy.feedback.directions == (*FeedbackRule().directions, Direction.OTHER)  # others concerned came later
    assert policy.numeric == NumericMethod()
    own = {"recognition_kind", "recognition_at_least", "recognition_predicates"}
    assert policy.consequences.model_dump(exclude=own) == Consequences().model_dump(exclude=own)


def test_the_distribution_says_what_se_menpanrb_3_2023_says(policy: Policy) -> None:
    """docs/domain.md 2.6, row by row."""
    said = {
        achieved: (guide.largest, [(one.predicates, one.at_least, one.at_most, one.heads) for one in guide.limits])
        for achieved, guide in policy.distribution.guides.items()
    }
    best, good, some, poor, worst = Predicate
    assert said == {
        OrgPerformance.OUTSTANDING: (best, [((best,), 0, 70, 0)]),
        OrgPerformance.GOOD: (good, [((good,), 0, 70, 0), ((some, poor), 0, 100, 1)]),
        OrgPerformance.NEEDS_IMPROVEMENT: (some, [((some,), 60, 100, 0), ((best,), 0, 10, 0)]),
        OrgPerformance.POOR: (poor, [((poor,), 60, 100, 0), ((some,), 10, 100, 0), ((best,), 0, 10, 0)]),
        OrgPerformance.VERY_POOR: (worst, [((worst,), 60, 100, 0), ((some, poor), 10, 100, 0), ((best,), 0, 0, 0)]),
    }
    assert policy.distribution.smallest_unit == 10


@pytest.mark.parametrize("achieved", OrgPerformance)
def test_expected_shares_sum_to_100_and_keep_their_own_limits(policy: Policy, achieved: OrgPerformance) -> None:
    guide = policy.distribution.guides[achieved]
    assert sum(guide.shares.values()) == 100
    assert guide.largest is not None
    assert guide.shares[guide.largest] == max(guide.shares.values())
    for limit in guide.limits:
        together = sum((guide.shares[one] for one in limit.predicates), Decimal(0))
        assert limit.at_least <= together <= limit.at_most


def test_rules_that_came_later_change_no_hash_while_nobody_uses_them() -> None:
    """An unchanged document that comes in again after an upgrade must not become a new version."""
    recorded = json.loads(FIRST.read_text())
    policy = Policy.model_validate(recorded["effective"])
    assert content_hash(policy) == recorded["content_hash"]
    stricter = policy.model_copy(update={"moderation": Moderation(leniency=Decimal(8))})
    assert content_hash(stricter) != recorded["content_hash"]
    fewer = policy.model_copy(update={"moderation": Moderation(source_gap=Decimal(14))})
    assert content_hash(fewer) not in {recorded["content_hash"], content_hash(stricter)}
