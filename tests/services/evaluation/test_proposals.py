"""What follows from final results: proposals that an official decides, newer versions, and what payroll learns."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from contracts.base import Phase, Predicate, Rating
from contracts.evaluation.proposals import (
    ProposalDecided,
    ProposalKind,
    ProposalsMade,
    ProposalState,
    ProposalSuperseded,
)
from contracts.evaluation.results import ResultFinalised, ResultSuperseded
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.services.evaluation.test_scale import counted
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

YES = {"accepted": True, "reason": "Sesuai catatan penilaian"}
LOW: dict[str, Any] = {
    "result_rating": "BELOW",
    "behaviour_rating": "MEETS",
    "reasons": {"result_rating": "Target tidak tercapai"},
}


async def final(database: Database, client_of: ClientOf, clock: SetClock, *people: str, **change: Any) -> Scene:
    """Ani (and more of the staff, by their number) have a final result; Ani is an analyst of the first level."""
    here = await evaluating(database, client_of, clock)
    async with database.transaction(here.tenant_id) as session:
        position = text("update directory_people set position_kind = 'AHLI_PERTAMA' where id = :id")
        await session.execute(position, {"id": here.ani})
    await here.lead(Phase.DISCLOSURE)
    for servant in (here.ani, *(here.office.staff[int(one)] for one in people)):
        await here.received(servant, **change)
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    return here


async def listed(here: Scene, by: UUID | None = None, **query: Any) -> dict[str, Any]:
    """By kind, the newest of each."""
    found = (await here.get(by or here.office.office, "/proposals", **query))["items"]
    return {one["kind"]: one for one in found}


async def decide(here: Scene, *ids: str, by: UUID | None = None, status: int = 0, **change: Any) -> Any:
    body = {"proposal_ids": list(ids), **YES, **change}
    return await here.post(by or here.office.office, "/proposals/decisions", body, status=status)


async def test_a_final_result_is_followed_by_proposals_and_by_nothing_else(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """L V.A.12; Peraturan BKN 3/2023: 100 % x 12.5 x 6/12 = 6.25 for half a year of good results."""
    here = await final(evaluation_db, client_of, clock)
    proposals = await listed(here)
    assert set(proposals) == {"TALENT_BOX", "CREDIT_CONVERSION"}
    credit = proposals["CREDIT_CONVERSION"]
    assert credit["details"] == {
        "level": "AHLI_PERTAMA",
        "coefficient": "12.5",
        "predicate": "GOOD",
        "percentage": "100",
        "months": "6",
        "result_version": "1",
        "points": "6.250",
        "points_shown": "6.25",
        "first_month": "2026-01",
        "last_month": "2026-06",
    }
    assert {one["state"] for one in proposals.values()} == {"PROPOSED"}
    assert proposals["TALENT_BOX"]["details"]["box"] == "5"
    (made,) = await emitted_of(evaluation_db, ProposalsMade)
    assert {one.kind for one in made.items} == {ProposalKind.TALENT_BOX, ProposalKind.CREDIT_CONVERSION}
    assert await here.obligations("PLAN_DEVELOPMENT") == []


async def test_results_below_expectation_suggest_help(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.A.12: results serve training needs and coaching."""
    here = await final(evaluation_db, client_of, clock, points=85, **LOW)
    proposals = await listed(here)
    assert set(proposals) == {"TALENT_BOX", "CREDIT_CONVERSION", "TRAINING_NEED", "COACHING"}
    assert proposals["COACHING"]["details"] == {"forms": "GUIDANCE"}
    assert "target_fulfilment" not in proposals["TRAINING_NEED"]["details"]


async def test_the_official_decides_on_many_with_an_outcome_for_each(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    proposals = await listed(here)
    credit, box = proposals["CREDIT_CONVERSION"]["id"], proposals["TALENT_BOX"]["id"]
    first = await decide(here, credit)
    assert first["items"] == [{"proposal_id": credit, "outcome": "DECIDED"}]
    both = await decide(here, credit, box, str(here.cycle_id))
    assert [one["outcome"] for one in both["items"]] == ["ALREADY_DECIDED", "DECIDED", "NOT_FOUND"]
    await decide(here, credit, accepted=False, status=409)
    (event, _) = await emitted_of(evaluation_db, ProposalDecided)
    assert (event.kind, event.accepted, event.details["points"]) == (ProposalKind.CREDIT_CONVERSION, True, "6.250")
    kept = (await listed(here, state="ACCEPTED"))["CREDIT_CONVERSION"]
    assert (kept["decided_by"], kept["reason"]) == (str(here.office.office), YES["reason"])


async def test_a_talent_box_says_what_it_was_made_from_and_advises_nothing_before_somebody_decided(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    for by in (here.office.office, here.ani):
        box = (await listed(here, by=by))["TALENT_BOX"]
        assert "results as expected and behaviour as expected" in box["basis_en"]
        assert "nobody has decided" in box["basis_en"]
        assert box["details"] == {
            "box": "5",
            "performance": "MEETS",
            "potential": "MEETS",
            "potential_from": "BEHAVIOUR_RATING",
            "result_version": "1",
        }
        assert box["advice"] is None
    await decide(here, box["id"])
    decided = (await listed(here, by=here.ani))["TALENT_BOX"]
    assert decided["advice"]["en"] == "place where it fits, coach, develop"
    assert decided["details"]["promotable"] == "false"
    (event,) = await emitted_of(evaluation_db, ProposalDecided)
    assert event.details["promotable"] == "false"


async def test_only_the_office_decides_and_a_person_reads_the_own_ones_alone(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock, "1")
    proposals = await listed(here, servant_id=here.ani)
    for stranger in (here.ani, here.rater, here.authority):
        await decide(here, proposals["TALENT_BOX"]["id"], by=stranger, status=403)
    assert await listed(here, by=here.ani) == proposals
    assert await listed(here, by=here.rater) == {}
    assert len((await here.get(here.office.office, "/proposals", kind="TALENT_BOX"))["items"]) == 2
    await decide(here, proposals["TALENT_BOX"]["id"], reason=" ", status=422)


async def test_nobody_decides_about_oneself(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.received(here.office.office)
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    problem = await decide(here, (await listed(here))["TALENT_BOX"]["id"], status=409)
    assert problem["items"][0]["outcome"] == "OWN"


async def test_an_objection_holds_consequences_back_and_a_new_version_takes_their_place(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """docs/domain.md 6.3: while an objection is open there is no conversion; changing a result never changes an issued one."""
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    issued = await here.received(here.ani)
    await here.objected(here.ani, issued.result_id)
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    assert await listed(here) == {}
    await here.decided(here.ani, issued.result_id, result_rating=Rating.ABOVE)
    assert [one["version"] for one in (await listed(here)).values()] == [2]


async def test_a_late_objection_suspends_what_was_proposed_and_supersedes_what_was_accepted(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    proposals = await listed(here)
    credit, box = proposals["CREDIT_CONVERSION"], proposals["TALENT_BOX"]
    await decide(here, credit["id"])
    first = UUID(credit["result_id"])
    await here.objected(here.ani, first)
    problem = await decide(here, box["id"], status=409)
    assert problem["items"] == [{"proposal_id": box["id"], "outcome": "SUSPENDED"}]
    await here.decided(here.ani, first, result_rating=Rating.BELOW)
    old = {one["id"]: one for one in (await here.get(here.office.office, "/proposals", state="SUPERSEDED"))["items"]}
    assert set(old) == {credit["id"], box["id"]}
    assert (old[credit["id"]]["details"], old[credit["id"]]["reason"]) == (credit["details"], YES["reason"])
    events = await emitted_of(evaluation_db, ProposalSuperseded)
    assert {one.kind: one.former for one in events} == {
        ProposalKind.CREDIT_CONVERSION: ProposalState.ACCEPTED,
        ProposalKind.TALENT_BOX: ProposalState.PROPOSED,
    }
    new = await listed(here, state="PROPOSED")
    assert new["CREDIT_CONVERSION"]["details"]["points"] == "4.688"  # 75 % x 12.5 x 6/12 = 4.6875
    assert (await decide(here, new["CREDIT_CONVERSION"]["id"]))["items"][0]["outcome"] == "DECIDED"
    await decide(here, box["id"], status=409)


async def test_payroll_learns_who_which_period_which_predicate_and_what_it_replaces(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L V.A.12: results serve the allowance."""
    here = await final(evaluation_db, client_of, clock)
    (first,) = await emitted_of(evaluation_db, ResultFinalised)
    assert (first.servant_id, first.predicate, first.version) == (here.ani, Predicate.GOOD, 1)
    assert (first.period_start, first.period_end, first.months) == (date(2026, 1, 1), date(2026, 6, 30), 6)
    assert (first.replaces_version, first.replaces_result_id) == (None, None)
    await here.objected(here.ani, first.result_id)
    await here.decided(here.ani, first.result_id, result_rating=Rating.BELOW)
    _, second = await emitted_of(evaluation_db, ResultFinalised)
    assert (second.version, second.predicate) == (2, Predicate.NEEDS_IMPROVEMENT)
    assert (second.replaces_version, second.replaces_result_id) == (1, first.result_id)
    (gone,) = await emitted_of(evaluation_db, ResultSuperseded)
    assert (gone.result_id, gone.predicate, gone.was_final) == (first.result_id, Predicate.GOOD, True)
    assert (gone.by_result_id, gone.by_version) == (second.result_id, 2)
    assert (gone.period_start, gone.period_end) == (first.period_start, first.period_end)


async def test_the_snapshot_of_a_proposal_cannot_be_changed(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """docs/domain.md 6.6: changing a coefficient never changes an issued conversion; the database itself refuses."""
    here = await final(evaluation_db, client_of, clock)
    for change in ("update proposals set details = '{}'", "delete from proposals", "delete from assessment_versions"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with evaluation_db.transaction(here.tenant_id) as session:
                await session.execute(text(change))


async def test_many_final_results_are_followed_in_a_bounded_number_of_statements(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    for servant in here.office.staff:
        await here.received(servant)
    here.clock.advance(days=40)
    window = await here.does.begin_phase(here.ask(Phase.FINALISATION))
    if not window.opened:
        here.clock.advance(seconds=window.opens_in)
        await here.does.begin_phase(here.ask(Phase.FINALISATION))
    with counted(evaluation_db) as statements:
        await here.does.open_phase(here.ask(Phase.FINALISATION))
    assert len((await here.get(here.office.office, "/proposals"))["items"]) == len(here.office.staff)
    assert len([one for one in statements if "proposals" in one]) == 1
    assert len(await emitted_of(evaluation_db, ProposalsMade)) == 1
    scores = [one.local_score for one in await emitted_of(evaluation_db, ResultFinalised)]
    assert scores == [Decimal("99.00")] * len(here.office.staff)
