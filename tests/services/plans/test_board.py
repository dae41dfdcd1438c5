"""The board names people (PLB-2, DMI-7): who has planned, confirmed, logged, reported; copied text is the leader's hint alone."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase
from services.plans.cycles.rules import limit_by_law
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import TALK, Body, Stage
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected

_NO_APPROVAL = {"unapproved": 0, "unapproved_since": None}
"""Of a log where the policy asks nobody to approve it."""

WORK = "Memeriksa berkas masuk di loket"


async def _line(stage: Stage, person: UUID, about: UUID | None = None) -> Body:
    answer = await stage.get(person, f"/cycles/{stage.cycle.id}/board/people", limit=500)
    assert answer.status_code == 200, answer.text
    wanted = str(about or stage.servant)
    [line] = [one for one in answer.json()["items"] if one["servant_id"] == wanted]
    found: Body = line
    return found


def _waits(line: Body) -> list[tuple[str, str]]:
    return [(one["kind"], one["debtor_name"]) for one in line["waiting"]]


async def test_a_leader_reads_by_name_who_waits_for_whom(stage: Stage, clock: SetClock) -> None:
    servant, rater = "Pegawai 03", "Pegawai 02"
    assert _waits(await _line(stage, stage.rater)) == [("PROPOSE_PLAN", servant)]
    plan_id = await stage.proposed()
    line = await _line(stage, stage.rater)
    assert (line["name"], line["state"], _waits(line)) == (servant, "PROPOSED", [("ANSWER_PLAN", rater)])
    await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    await stage.post(stage.rater, f"/plans/{plan_id}/setting")
    line = await _line(stage, stage.authority)
    assert (line["state"], line["answer"], _waits(line)) == ("SET", None, [("CONFIRM_PLAN", servant)])
    no = {"answer": "DISAGREED", "reason": "Target terlalu tinggi"}
    await stage.post(stage.servant, f"/plans/{plan_id}/confirmation", no)
    await stage.open(Phase.EXECUTION)
    first, _ = await stage.reports(plan_id)
    form = (await stage.get(stage.servant, f"/reports/{first.id}")).json()
    figures = {"actuals": [{"indicator_id": one["id"], "actual": "10"} for one in form["indicators"]]}
    await stage.post(stage.servant, f"/reports/{first.id}", figures)
    line = await _line(stage, stage.office.office)
    assert (line["answer"], _waits(line)) == ("DISAGREED", [("REPORT_ACTUALS", servant)])
    assert line["reports"] == [{"period": 1, "state": "DRAFT"}, {"period": 2, "state": "OPEN"}]
    counts = (await stage.get(stage.rater, f"/cycles/{stage.cycle.id}/board")).json()["reports"][0]
    assert (counts["drafted"], counts["reported"]) == (1, 0)


async def test_the_board_names_those_whom_one_leads_and_nobody_else(stage: Stage) -> None:
    path = f"/cycles/{stage.cycle.id}/board/people"
    mine = (await stage.get(stage.rater, path)).json()["items"]
    assert {one["servant_id"] for one in mine} == {str(one) for one in stage.office.staff}
    everybody = (await stage.get(stage.office.office, path, limit=500)).json()["items"]
    assert len(everybody) == len(stage.office.everyone)
    for person in (stage.servant, stage.peer):
        assert (await stage.get(person, path)).status_code == 403
    pages, cursor = [], None
    while True:
        more: dict[str, Any] = {"limit": 2} if cursor is None else {"limit": 2, "cursor": cursor}
        found = (await stage.get(stage.rater, path, **more)).json()
        pages.append([one["servant_id"] for one in found["items"]])
        if (cursor := found["next"]) is None:
            break
    assert [len(one) for one in pages] == [2, 2, 1]
    assert sorted(one for page in pages for one in page) == sorted(str(one) for one in stage.office.staff)


def _entries(*entries: tuple[str, str, str | None]) -> Body:
    return {"entries": [{"day": day, "text": text, "minutes": 60, "late_reason": why} for day, text, why in entries]}


async def test_the_daily_log_stands_on_the_board_with_its_lag(stage_of: StageOf) -> None:
    stage = await stage_of("dumai")
    assert (await _line(stage, stage.rater))["log"] is None
    plan_id = (await stage.plan()).id
    log = _entries(
        ("2026-01-02", WORK, None), ("2026-01-05", f"{WORK.upper()} ", None), ("2025-12-26", "Apel pagi", "Sakit")
    )
    assert (await stage.post(stage.servant, f"/plans/{plan_id}/activities", log)).status_code == 201
    found = (await _line(stage, stage.rater))["log"]
    assert found.pop("last_entered_at").startswith("2026-01-05")
    # Entered on 5 January: 3, 0 and 10 days after the work.
    assert found.pop("lag_days") == pytest.approx(13 / 3)
    assert found == {"entries": 3, "last_day": "2026-01-05", "late": 1, "copied": 1, **_NO_APPROVAL}


async def test_copied_text_is_a_hint_to_those_who_lead_its_writer_and_never_to_the_writer(stage_of: StageOf) -> None:
    """DMI-10: across days and across people."""
    stage = await stage_of("dumai")
    mine, other = (await stage.plan()).id, (await stage.plan(stage.peer)).id
    own = _entries(("2026-01-02", WORK, None), ("2026-01-05", WORK, None), ("2026-01-05", "Apel pagi", None))
    written = (await stage.post(stage.servant, f"/plans/{mine}/activities", own)).json()
    assert written == {"accepted": 3, "known": 0}
    theirs = _entries(("2026-01-04", WORK, None), ("2026-01-05", "Apel pagi", None))
    await stage.post(stage.peer, f"/plans/{other}/activities", theirs)
    path = f"/plans/{mine}/activities/copies"
    for person in (stage.rater, stage.authority, stage.office.office):
        hints = (await stage.get(person, path)).json()["hints"]
        assert {(one["day"], one["same_as"], one["servant_id"]) for one in hints} == {
            ("2026-01-05", "2026-01-02", str(stage.servant)),
            ("2026-01-02", "2026-01-04", str(stage.peer)),
            ("2026-01-05", "2026-01-04", str(stage.peer)),
        }, "what two write in a word or two is no copy"
    for person in (stage.servant, stage.peer):
        assert (await stage.get(person, path)).status_code == 403


@pytest.mark.parametrize(
    ("start", "limit"),
    [(date(year, 1, 1), date(year, 1, 31)) for year in range(2026, 2036)]
    + [(date(2026, 7, 1), date(2026, 7, 31)), (date(2028, 2, 1), date(2028, 2, 29))],
)
def test_expectations_are_set_by_the_end_of_january_or_of_the_first_month_whatever_day_it_is(
    start: date, limit: date
) -> None:
    """Clock 1 (art. 14; L II.C.4), for ten years."""
    assert limit_by_law(start) == limit


@pytest.mark.parametrize(("day", "late"), [(31, False), (32, True)])
async def test_a_plan_set_after_january_is_late_by_law_whatever_the_citys_own_planning_says(
    stage: Stage, clock: SetClock, *, day: int, late: bool
) -> None:
    """Clock 1 (art. 14; L II.C.4): the city gave until 4 February, the law has the end of January."""
    plan_id = await stage.proposed()
    seen = (await stage.get(stage.rater, f"/plans/{plan_id}")).json()
    assert (seen["set_by_law_until"], seen["late_by_law"]) == ("2026-01-31", False)
    clock.set(datetime(2026, 1, 1, 3, tzinfo=UTC))
    clock.advance(days=day - 1)
    await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    answer = (await stage.post(stage.rater, f"/plans/{plan_id}/setting")).json()
    assert (answer["state"], answer["late"], answer["late_by_law"]) == ("SET", False, late)
    board = (await stage.get(stage.rater, f"/cycles/{stage.cycle.id}/board")).json()
    # The others have not proposed: from 1 February on their plans are overdue as well.
    assert board["late_by_law"] == (len(stage.office.staff) if late else 0)
