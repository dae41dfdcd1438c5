"""What must never be seen in a half year of five places, however people behave."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import AssessorRole
from contracts.evaluation.assessments import AssessmentSubmitted
from kinerja.demo.calendar import WIB
from kinerja.demo.people import Person
from kinerja.places import all_places
from tests.route.conftest import Played
from tests.route.test_spread import journal

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(1000)]
PLACES = [place.name for place in all_places()]
everywhere = pytest.mark.parametrize("place", PLACES)


def of_cycle(played: Played, place: str, path: str) -> list[dict[str, Any]]:
    """All that the office of a place lists of its cycle."""
    query = {"cycle_id": str(played.scene(place).cycle_id), "limit": 500}
    items: list[dict[str, Any]] = played.get("evaluation", path, person=played.crowd(place).office, **query)["items"]
    return items


@everywhere
def test_no_criterion_is_a_strength_and_an_area_to_improve(played: Played, place: str) -> None:
    """PLB-8, SWL-8."""
    results = of_cycle(played, place, "/results")
    assert len(results) >= 50
    assert [one["id"] for one in results if set(one["strengths"]) & set(one["areas"])] == []
    assert any(one["strengths"] for one in results)
    assert any(one["areas"] for one in results)


@everywhere
def test_no_report_counts_before_its_period_is_over(played: Played, place: str) -> None:
    office = played.crowd(place).office
    plans = {one["subject_id"] for one in played.obligations(place, "ANSWER_PLAN")}
    reports = [one for plan in sorted(plans) for one in played.get("plans", f"/plans/{plan}", person=office)["reports"]]
    handed_in = [one for one in reports if one["submitted_at"] is not None]
    assert len(handed_in) >= 50
    early = [one for one in handed_in if _day(one["submitted_at"]) < one["ends_on"]]
    assert early == []


def _day(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(WIB).date().isoformat()


@everywhere
async def test_nobody_is_assessed_by_somebody_who_may_not(played: Played, place: str) -> None:
    """L IV.A for the rater and the rater's superior; DMI-4 for an independent panel; nobody assesses oneself."""
    appraisals = {UUID(one["id"]): one for one in of_cycle(played, place, "/appraisals")}
    seen = [one async for one in _assessments(played) if one.appraisal_id in appraisals and one.assessor_id]
    assert len(seen) >= 50
    wrong = [one for one in seen if not _may(played.crowd(place).people, appraisals[one.appraisal_id], one)]
    assert wrong == []


async def _assessments(played: Played) -> AsyncIterator[AssessmentSubmitted]:
    for row in await journal(played, "evaluation"):
        if row["type"] == AssessmentSubmitted.ce_type():
            yield AssessmentSubmitted.model_validate_json(row["body"])


def _may(people: dict[UUID, Person], appraisal: dict[str, Any], given: AssessmentSubmitted) -> bool:
    assessor, servant = people[given.assessor_id], people[UUID(appraisal["servant_id"])]  # type: ignore[index]
    if assessor.id == servant.id:
        return False
    if given.role is AssessorRole.SUPERIOR:
        above = {appraisal["rater_id"], appraisal["authority_id"]}
        return str(assessor.id) in above or "PERFORMANCE_OFFICE" in assessor.roles
    apart = assessor.id not in _line(servant) and servant.id not in _line(assessor)
    return apart and assessor.unit_id != servant.unit_id


def _line(person: Person) -> frozenset[UUID]:
    """Who rates, and who rates the rater."""
    return frozenset(one for one in (person.rater_id, person.authority_id) if one is not None)
