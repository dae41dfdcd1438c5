"""What a final result suggests: proposals for an official, with the snapshot they were made from."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import Predicate, Rating
from contracts.evaluation.proposals import ProposalKind, ProposalState
from contracts.policy import Consequences
from services.evaluation.credits.rules.parts import LevelMonths
from services.evaluation.proposals.rules.careers import advised, decided_details
from services.evaluation.proposals.rules.case import Case, Earlier, Proposed
from services.evaluation.proposals.rules.consequences import proposed
from services.evaluation.proposals.rules.talent import BOXES, PROMOTABLE, advice, box

KIND = ProposalKind
PLAIN: dict[str, Any] = {
    "version": 1,
    "predicate": Predicate.GOOD,
    "result_rating": Rating.MEETS,
    "behaviour_rating": Rating.MEETS,
    "local_score": Decimal("98.00"),
    "criteria": {"results": Decimal("98.00"), "behaviour": Decimal("98.00")},
    "months": 6,
    "position_kind": "PELAKSANA",
    "employment_type": "PNS",
}


def kinds(policy: Consequences | None = None, **change: Any) -> dict[ProposalKind, Proposed]:
    case = Case.model_validate(PLAIN | change)
    return {one.kind: one for one in proposed(policy or Consequences(), case)}


def test_a_good_result_says_where_somebody_stands_and_nothing_more() -> None:
    assert set(kinds()) == {KIND.TALENT_BOX}


@pytest.mark.parametrize(
    ("performance", "potential", "number"),
    [
        (Rating.ABOVE, Rating.BELOW, 4),
        (Rating.ABOVE, Rating.MEETS, 7),
        (Rating.ABOVE, Rating.ABOVE, 9),
        (Rating.MEETS, Rating.BELOW, 2),
        (Rating.MEETS, Rating.MEETS, 5),
        (Rating.MEETS, Rating.ABOVE, 8),
        (Rating.BELOW, Rating.BELOW, 1),
        (Rating.BELOW, Rating.MEETS, 3),
        (Rating.BELOW, Rating.ABOVE, 6),
    ],
)
def test_the_nine_boxes(performance: Rating, potential: Rating, number: int) -> None:
    """PermenPANRB 6/2022 L V.A.12; docs/domain.md 2.9, PermenPANRB 3/2020; boxes 7, 8 and 9 are promotable (BKN 41/2025)."""
    made = kinds(result_rating=performance, behaviour_rating=potential)[KIND.TALENT_BOX]
    assert box(performance, potential) == number
    assert made.details["box"] == str(number)
    told = {state: decided_details(made.kind, state, made.details).get("promotable") for state in ProposalState}
    assert told.pop(ProposalState.ACCEPTED) == str(number in (7, 8, 9)).lower()
    assert set(told.values()) == {None}
    assert "promo" not in f"{made.basis.id} {made.basis.en} {made.details}".lower()
    assert made.details["potential_from"] == "BEHAVIOUR_RATING"
    assert advised(made.kind, ProposalState.PROPOSED, made.details) is None
    assert advised(made.kind, ProposalState.ACCEPTED, made.details) == advice(number)


def test_every_box_is_used_once() -> None:
    assert sorted(BOXES.values()) == list(range(1, 10))
    assert {7, 8, 9} == PROMOTABLE


def test_permenpanrb_6_2022_art_31_the_best_have_priority_in_competence_development() -> None:
    """One result is enough; which predicates count is the policy's."""
    best: dict[str, Any] = {"predicate": Predicate.VERY_GOOD, "result_rating": Rating.ABOVE}
    made = kinds(**best)[KIND.DEVELOPMENT_PRIORITY]
    assert made.details == {"predicate": "VERY_GOOD"}
    assert made.basis.en.endswith("priority in competence development")
    assert KIND.DEVELOPMENT_PRIORITY not in kinds()
    assert KIND.DEVELOPMENT_PRIORITY in kinds(Consequences(priority_predicates=(Predicate.GOOD,)))
    assert KIND.DEVELOPMENT_PRIORITY not in kinds(Consequences(priority_predicates=()), **best)


def test_a_promotion_signal_needs_so_many_final_results_in_a_row() -> None:
    """Art. 31: priority in the succession group; by default two results in a row, the newest included."""
    best, good = Earlier(predicate=Predicate.VERY_GOOD), Earlier(predicate=Predicate.GOOD)
    top: dict[str, Any] = {
        "predicate": Predicate.VERY_GOOD,
        "result_rating": Rating.ABOVE,
        "behaviour_rating": Rating.ABOVE,
    }
    assert KIND.PROMOTION_SIGNAL not in kinds(**top)
    assert KIND.PROMOTION_SIGNAL not in kinds(**top, earlier=(good, best))
    assert KIND.PROMOTION_SIGNAL in kinds(**top, earlier=(best, good))
    assert KIND.PROMOTION_SIGNAL in kinds(Consequences(promotion_results=1), **top)
    demanding = Consequences(promotion_results=1, promotion_at_least=Decimal(110))
    assert KIND.PROMOTION_SIGNAL not in kinds(demanding, **top)
    assert KIND.PROMOTION_SIGNAL in kinds(demanding, **top | {"local_score": Decimal(110)})


def test_a_criterion_below_the_target_is_a_training_need_and_a_missing_one_is_not() -> None:
    """Plaju (PLJ-4): under target -> training or guidance; L V.A.12: results are used for training needs."""
    criteria = {"results": Decimal("84.00"), "discipline": Decimal("90.00"), "service": None}
    made = kinds(criteria=criteria)[KIND.TRAINING_NEED]
    assert made.details == {"below": "90", "results": "84.00"}
    plaju = Consequences(development_below=Decimal(90), development_criterion="discipline")
    assert KIND.TRAINING_NEED not in kinds(plaju, criteria=criteria)


@pytest.mark.parametrize(
    ("result", "behaviour", "forms"),
    [
        (Rating.BELOW, Rating.MEETS, "GUIDANCE"),
        (Rating.MEETS, Rating.BELOW, "COUNSELLING"),
        (Rating.BELOW, Rating.BELOW, "GUIDANCE,COUNSELLING"),
    ],
)
def test_guidance_is_for_results_and_counselling_for_behaviour(result: Rating, behaviour: Rating, forms: str) -> None:
    """PermenPANRB 6/2022 art. 21."""
    made = kinds(result_rating=result, behaviour_rating=behaviour)[KIND.COACHING]
    assert made.details == {"forms": forms}


@pytest.mark.parametrize(
    ("position", "predicate", "case"),
    [
        ("JPT_PRATAMA", Predicate.NEEDS_IMPROVEMENT, True),
        ("JPT_PRATAMA", Predicate.GOOD, False),
        ("ADMINISTRATOR", Predicate.NEEDS_IMPROVEMENT, False),
        ("ADMINISTRATOR", Predicate.POOR, True),
        ("AHLI_MUDA", Predicate.VERY_POOR, True),
    ],
)
def test_six_months_to_improve_depend_on_the_position(position: str, predicate: Predicate, case: bool) -> None:  # noqa: FBT001
    """PP 30/2019 arts 56-58: JPT from Cukup on, JA and JF from Kurang on; the official sees how many months it covers."""
    made = kinds(position_kind=position, predicate=predicate).get(KIND.IMPROVEMENT_CASE)
    assert (made is not None) is case
    if made is not None:
        assert (made.details["covers_months"], made.details["months_to_improve"]) == ("6", "6")


def test_a_recognised_innovation_is_rewarded_whatever_the_predicate() -> None:
    """Binjai (BJI-3)."""
    binjai = Consequences(innovation_reward=True, innovation_criterion="innovation", innovation_at_least=Decimal(100))
    enough = {"innovation": Decimal(100)}
    assert KIND.INNOVATION_REWARD in kinds(binjai, innovation_recognised=True, criteria=enough)
    assert KIND.INNOVATION_REWARD not in kinds(binjai, innovation_recognised=False, criteria=enough)
    assert KIND.INNOVATION_REWARD not in kinds(binjai, innovation_recognised=True, criteria={"innovation": None})
    assert KIND.INNOVATION_REWARD not in kinds(innovation_recognised=True, criteria=enough)


@pytest.mark.parametrize(
    ("level", "predicate", "months", "points"),
    [
        ("AHLI_PERTAMA", Predicate.VERY_GOOD, 12, "18.750"),
        ("AHLI_PERTAMA", Predicate.GOOD, 2, "2.083"),
        ("AHLI_MADYA", Predicate.NEEDS_IMPROVEMENT, 12, "28.125"),
        ("TERAMPIL", Predicate.VERY_POOR, 12, "1.250"),
        ("AHLI_MUDA", Predicate.VERY_GOOD, 3, "9.375"),
    ],
)
def test_a_credit_conversion_carries_all_it_was_made_from(
    level: str, predicate: Predicate, months: int, points: str
) -> None:
    """The worked examples of docs/domain.md 6.5 (Peraturan BKN 3/2023), with the snapshot of docs/domain.md 2.7."""
    held = (LevelMonths(level, date(2026, 1, 1), date(2026, months, 1), months),)
    made = kinds(levels=held, predicate=predicate, version=2)[KIND.CREDIT_CONVERSION]
    details = made.details
    assert details["points"] == points
    by_hand = Decimal(details["percentage"]) / 100 * Decimal(details["coefficient"]) * Decimal(details["months"]) / 12
    assert abs(by_hand - Decimal(points)) <= Decimal("0.0005")
    assert (details["level"], details["predicate"], details["result_version"]) == (level, predicate.value, "2")


@given(
    result=st.sampled_from(Rating),
    behaviour=st.sampled_from(Rating),
    predicate=st.sampled_from(Predicate),
    months=st.integers(1, 12),
    position=st.sampled_from(["JPT_MADYA", "PELAKSANA"]),
)
def test_there_is_at_most_one_proposal_of_a_kind_and_each_says_why_in_both_languages(
    result: Rating, behaviour: Rating, predicate: Predicate, months: int, position: str
) -> None:
    case = Case.model_validate(
        PLAIN
        | {"result_rating": result, "behaviour_rating": behaviour, "predicate": predicate}
        | {"months": months, "position_kind": position}
        | {"levels": (LevelMonths("MAHIR", date(2026, 1, 1), date(2026, months, 1), months),)}
    )
    made = proposed(Consequences(), case)
    assert len({one.kind for one in made}) == len(made)
    assert all(one.basis.id and one.basis.en for one in made)
    assert made == proposed(Consequences(), case)
