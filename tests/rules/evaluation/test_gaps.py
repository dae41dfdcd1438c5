"""Gaps in technical competence: by the shares of those who gave a level, never below zero, and of a post's own alone."""

from decimal import Decimal

from contracts.base import AssessorRole
from contracts.policy import Source
from services.evaluation.competences.rules import Asked, CompetenceGap, gaps, said

SUPERIOR, PEER = AssessorRole.SUPERIOR, AssessorRole.PEER
SOURCES = (
    Source(role=SUPERIOR, share=Decimal(70)),
    Source(role=PEER, share=Decimal(30), minimum=3, anonymous=True, wanted=4),
)
NETWORK = Asked(code="it_network", name="Jaringan", required=4)


def _one(given: dict[AssessorRole, list[dict[str, int]]]) -> CompetenceGap:
    (found,) = gaps([NETWORK], given, SOURCES)
    return found


def test_sources_count_at_their_share() -> None:
    found = _one({SUPERIOR: [{"it_network": 3}], PEER: [{"it_network": one} for one in (4, 5, 3)]})
    assert (found.assessed, found.gap) == (Decimal("3.30"), Decimal("0.70"))


def test_too_few_colleagues_count_nowhere() -> None:
    found = _one({SUPERIOR: [{"it_network": 3}], PEER: [{"it_network": 5}, {"it_network": 5}, {}]})
    assert (found.assessed, found.gap) == (Decimal("3.00"), Decimal("1.00"))


def test_who_is_above_the_post_lacks_nothing() -> None:
    assert _one({SUPERIOR: [{"it_network": 5}]}).gap == Decimal("0.00")


def test_what_nobody_assessed_is_no_gap_and_is_said_so() -> None:
    found = _one({SUPERIOR: [{}]})
    assert (found.assessed, found.gap) == (None, None)
    assert said(found).en == "Jaringan: level 4 is required, nobody assessed it"


def test_what_the_post_does_not_ask_for_is_passed_over() -> None:
    assert gaps([], {SUPERIOR: [{"sailing": 5}]}, SOURCES) == ()
