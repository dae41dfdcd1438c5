"""The rater sees on one form what was recorded of a person while the period ran (SWL-6, DMI-5, PLJ-5), and nobody else does."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Event, Phase, new_id
from contracts.evidence import Evidence, EvidenceKind
from contracts.feedback.feedback import FeedbackGiven
from contracts.plans.daily_log import ActivitiesLogged, LoggedDay
from contracts.plans.initiatives import InitiativeProved, InitiativeRecorded, InitiativeVerified
from contracts.plans.plans import ExpectedBehaviour, PlanSet
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from services.evaluation.records import commands as records
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.policies import quarterly

pytestmark = pytest.mark.connected
GIVEN = datetime(2026, 3, 4, 2, tzinfo=UTC)
SURVEY = Evidence(kind=EvidenceKind.SURVEY, title="Survei loket", reference="SKM 3/2026", count=120)


async def form(here: Scene, reader: UUID, about: UUID | None = None) -> Any:
    return await here.get(reader, f"/appraisals/{here.appraisals[about or here.ani]}/form")


async def told(here: Scene, take: Any, *events: Event) -> None:
    """Each arrives twice, as it may on the bus."""
    for event in events:
        delivered = await arrive(here.database, event, take)
        await arrive(here.database, event, take, event_id=delivered)


def about(here: Scene, **more: Any) -> dict[str, Any]:
    return {"tenant_id": here.tenant_id, "cycle_id": here.cycle_id, "servant_id": here.ani} | more


async def test_feedback_stands_on_the_form_with_date_and_link_and_what_is_said_upward_does_not(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PLJ-5; PermenPANRB 6/2022 arts 17-19."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    said = [
        FeedbackGiven(**about(here), feedback_id=new_id(), author_id=here.rater, direction=way, given_at=GIVEN)
        for way in ("DOWN", "UP", "PEER")
    ]
    await told(here, records.take_feedback, *said)
    found = (await form(here, here.rater))["records"]
    assert {one["direction"] for one in found["feedback"]} == {"DOWN", "PEER"}
    assert (found["feedback_total"], found["feedback"][0]["given_at"][:10]) == (2, "2026-03-04")
    links = {one["link"]["path"] for one in found["feedback"]}
    assert links == {f"/v1/feedback/{one.feedback_id}" for one in said if one.direction != "UP"}
    assert str(here.rater) not in str(found)


async def test_initiatives_stand_there_with_their_evidence_and_whether_they_were_recognised(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """SWL-6: an initiative becomes part of the rating."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    one = about(here, initiative_id=new_id(), kind="INITIATIVE", title="Loket cepat", recorded_at=GIVEN)
    other = one | {"initiative_id": new_id(), "title": "Arsip daring"}
    await told(here, records.take_initiative, InitiativeRecorded(**one), InitiativeRecorded(**other))
    verified = InitiativeVerified(**one, recognised=True, verified_by=here.rater)
    proved = InitiativeProved(**one, evidence=(SURVEY,), added=1, added_by=here.ani)
    await told(here, records.take_initiative, verified, proved)
    found = (await form(here, here.rater))["records"]
    shown = {
        one["title"]: (one["recognised"], [proof["count"] for proof in one["evidence"]]) for one in found["initiatives"]
    }
    assert shown == {"Loket cepat": (True, [120]), "Arsip daring": (None, [])}
    assert found["initiatives"][0]["link"]["service"] == "plans"


async def test_the_daily_log_stands_there_in_numbers_with_its_lag_and_its_latest_days(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """DMI-6, DMI-7: how much was written, how late, and where to read it."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    plan_id = new_id()
    first = ActivitiesLogged(
        **about(here, plan_id=plan_id),
        days=(date(2026, 3, 2), date(2026, 3, 3)),
        entries=3,
        logged_on=date(2026, 3, 4),
        by_day=(
            LoggedDay(day=date(2026, 3, 2), entries=2, minutes=300),
            LoggedDay(day=date(2026, 3, 3), entries=1, minutes=60),
        ),
    )
    one = LoggedDay(day=date(2026, 3, 3), entries=1, minutes=60)
    later = first.model_copy(update={"logged_on": date(2026, 3, 9), "entries": 1, "by_day": (one,)})
    before = ActivitiesLogged(**about(here, plan_id=plan_id), days=(date(2026, 3, 1),), entries=4)
    await told(here, records.take_log, first, later)
    log = (await form(here, here.rater))["records"]["daily_log"]
    assert (log["days"], log["entries"], log["minutes"], log["last_day"]) == (2, 4, 420, "2026-03-03")
    assert (log["mean_lag_days"], log["longest_lag_days"]) == (1.5, 2)
    newest = log["latest"][0]
    assert (newest["day"], newest["entries"], newest["logged_on"], newest["lag_days"]) == (
        "2026-03-03",
        2,
        "2026-03-04",
        1,
    )
    assert newest["link"] == {"service": "plans", "path": f"/v1/plans/{plan_id}/activities?since=2026-03-03"}
    await told(here, records.take_log, before)
    assert (await form(here, here.rater))["records"]["daily_log"]["entries"] == 5


async def test_expected_behaviour_evidence_of_reports_and_evaluated_periods_stand_there(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "binjai", policy=quarterly(policy_of("binjai")))
    await here.plan(here.ani)
    rated = {"result_rating": "MEETS", "behaviour_rating": "ABOVE", "note": "Triwulan pertama"}
    await here.post(here.rater, f"/appraisals/{here.appraisals[here.ani]}/periods/1", rated)
    plan = about(here, plan_id=new_id(), set_by=here.rater, by_superior=False, late=False, indicators=())
    expected = ExpectedBehaviour(value="HARMONIOUS", expectation="Membantu rekan baru")
    await told(here, records.take_plan, PlanSet(**plan, version=2, behaviours=(expected,)), PlanSet(**plan, version=1))
    found = (await form(here, here.rater))["records"]
    assert found["behaviours"]["special"] == [expected.model_dump()]
    assert found["behaviours"]["link"]["path"] == f"/v1/plans/{plan['plan_id']}"
    [period] = found["periods"]
    assert (period["number"], period["note"], period["predicate"]) == (1, "Triwulan pertama", "GOOD")
    assert period["link"]["path"] == f"/v1/appraisals/{here.appraisals[here.ani]}/periods"
    assert found["evidence"] == []


async def test_nobody_but_who_assesses_as_superior_reads_what_was_recorded(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Not the person, not the authority, not the office, and least of all a colleague who was asked to assess."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    given = FeedbackGiven(**about(here), feedback_id=new_id(), author_id=here.rater, direction="DOWN", given_at=GIVEN)
    await told(here, records.take_feedback, given)
    peer, *_ = await here.peers(here.ani)
    for reader in (here.ani, here.authority, here.office.office, peer):
        assert (await form(here, reader))["records"] is None
    assert (await form(here, here.rater, here.office.staff[1]))["records"]["feedback"] == []
    # Whoever took over from a silent rater assesses, and reads it then.
    await here.end(Phase.EVALUATION)
    await here.sweep(days=60)
    assert [row["debtor_id"] for row in await here.obligations("ASSESS", here.ani)] == [here.authority]
    assert (await form(here, here.authority))["records"]["feedback_total"] == 1


async def test_of_somebody_who_takes_no_part_nothing_is_kept(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    strange = about(here, servant_id=new_id(), feedback_id=new_id(), author_id=here.rater, direction="DOWN")
    await told(here, records.take_feedback, FeedbackGiven(**strange))
    assert (await form(here, here.rater))["records"]["feedback_total"] == 0
