"""How raters rate: their statistics, the findings that open when moderation begins, questions, answers and revisions."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import mean, stdev
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Phase
from contracts.evaluation.findings import (
    AnswerOutcome,
    AssessmentRevised,
    ModerationAnswered,
    ModerationAsked,
    ModerationClosed,
    ModerationOpened,
)
from contracts.evaluation.obligations import PhaseCleared
from contracts.evaluation.results import ResultProvisional
from contracts.policy.distribution import Distribution
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation import visits
from tests.services.evaluation.scene import RATINGS, Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

SPREAD = (0, 4, -3, 9, -6, 12)
"""Points around a person's level, a criterion each: nobody is rated alike in everything."""
LENIENT = (111, 114, 108, 117, 105)
"""The levels of five staff; everybody else gets about 95."""


def points(here: Scene, level: int, turn: int = 0) -> dict[str, int]:
    """Different in each criterion, and turned from person to person so that criteria do not move together."""
    return {code: min(120, level + SPREAD[(at + turn) % len(SPREAD)] // 3) for at, code in enumerate(here.codes)}


async def everybody_is_rated(here: Scene, levels: Sequence[int] = LENIENT, *, last: bool = True) -> None:
    """Staff at these levels, all others near 95; ``last`` leaves the last of the staff for later if false."""
    everyone = here.office.everyone
    await here.plan(*everyone)
    units = {"items": [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]}
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", units)
    for turn, servant in enumerate(everyone):
        at = here.office.staff.index(servant) if servant in here.office.staff else None
        if at == len(here.office.staff) - 1 and not last:
            continue
        level = 93 + 2 * turn % 7 if at is None else levels[at]
        by = here.office.rater(servant) or here.office.office
        await here.assess(servant, by, scores=points(here, level, turn))


async def moderating(database: Database, client_of: ClientOf, clock: SetClock, **change: Any) -> Scene:
    """Everybody was rated, the section head was lenient, and moderation has begun; units of ten are too small."""
    large = Distribution(smallest_unit=11)
    policy = policy_of("palembang").model_copy(update={"distribution": large} | change)
    here = await evaluating(database, client_of, clock, policy=policy)
    await everybody_is_rated(here)
    await here.end(Phase.EVALUATION)
    await here.lead(Phase.MODERATION)
    return here


async def found(here: Scene, by: UUID | None = None, **query: Any) -> list[Any]:
    listed: list[Any] = (await here.get(by or here.office.office, "/moderations", **query))["items"]
    return listed


async def asked(here: Scene) -> str:
    """The office asks the section head; returns the path of the finding."""
    (finding,) = await found(here)
    path = f"/moderations/{finding['id']}"
    await here.post(here.office.office, f"{path}/question", {"question": "Apa dasar nilai ini?"})
    return path


def lower(here: Scene, servant: UUID, level: int = 95) -> dict[str, Any]:
    return RATINGS | {"scores": points(here, level), "reason": f"Catatan {servant} diperiksa lagi"}


async def test_the_office_reads_statistics_that_anybody_can_recompute(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await everybody_is_rated(here)
    read = await here.get(here.office.office, f"/cycles/{here.cycle_id}/fairness")
    lines = {one["rater_id"]: one for one in read["items"]}
    turns = {servant: turn for turn, servant in enumerate(here.office.everyone)}
    staff = [
        mean(Decimal(value) for value in points(here, level, turns[one]).values())
        for one, level in zip(here.office.staff, LENIENT, strict=True)
    ]
    others = [
        mean(Decimal(value) for value in points(here, 93 + 2 * turn % 7, turn).values())
        for one, turn in turns.items()
        if one not in here.office.staff
    ]
    line = lines[str(here.rater)]
    assert (line["people"], line["judged"], line["complete"]) == (5, True, True)
    assert Decimal(line["mean"]) == round(mean(staff), 2)
    assert abs(Decimal(line["difference"]) - (mean(staff) - mean(others))) <= Decimal("0.005")
    assert abs(Decimal(line["spread"]) - stdev(staff)) <= Decimal("0.005")
    assert [one["code"] for one in line["findings"]] == ["LENIENCY"]
    assert read["people"] == len(here.office.everyone)


async def test_small_groups_have_no_numbers_and_a_rater_reads_the_own_line_alone(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await everybody_is_rated(here)
    path = f"/cycles/{here.cycle_id}/fairness"
    lines = {one["rater_id"]: one for one in (await here.get(here.office.office, path))["items"]}
    small = lines[str(here.authority)]
    assert (small["people"], small["judged"], small["mean"], small["findings"]) == (1, False, None, [])
    assert await here.get(here.rater, f"{path}/mine") == lines[str(here.rater)]
    assert await here.get(here.ani, f"{path}/mine") is None
    for person in (here.rater, here.ani, here.authority):
        await here.get(person, path, status=403)
        await here.get(person, f"/cycles/{here.cycle_id}/distribution", status=403)


async def test_who_is_still_to_be_assessed_counts_nowhere(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await everybody_is_rated(here, last=False)
    line = await here.get(here.rater, f"/cycles/{here.cycle_id}/fairness/mine")
    assert (line["people"], line["complete"], line["judged"]) == (4, False, False)


async def test_findings_open_one_obligation_a_rater_when_moderation_begins(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    await here.does.open_phase(here.ask(Phase.MODERATION))
    (opened,) = await emitted_of(evaluation_db, ModerationOpened)
    assert (opened.concerns_id, opened.codes) == (here.rater, ("LENIENCY",))
    assert [(one["debtor_id"], one["state"]) for one in await here.obligations("MODERATE")] == [
        (here.office.office, "OPEN")
    ]
    (finding,) = await found(here, state="OPEN")
    assert "di atas penilai lain" in finding["found"][0]["words"]["id"]
    assert await found(here, by=here.rater) == [finding]
    assert await found(here, by=here.ani) == []
    assert await here.owed(Phase.MODERATION) == 1


async def test_the_office_closes_a_finding_with_its_reason_and_nothing_changes(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    (finding,) = await found(here)
    path = f"/moderations/{finding['id']}/closing"
    before = [await here.read(one) for one in here.office.staff]
    first = await here.post(here.office.office, path, {"reason": "Unit terbaik tahun ini"})
    assert await here.post(here.office.office, path, {"reason": "lain"}) == first
    (closed,) = await emitted_of(evaluation_db, ModerationClosed)
    assert (closed.outcome, closed.reason) == (None, "Unit terbaik tahun ini")
    assert [await here.read(one) for one in here.office.staff] == before
    assert Phase.MODERATION in {one.phase for one in await emitted_of(evaluation_db, PhaseCleared)}


async def test_the_rater_who_is_asked_keeps_with_a_reason(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    path = await asked(here)
    await here.post(here.office.office, f"{path}/question", {"question": "Apa dasar nilai ini?"})
    await here.post(here.office.office, f"{path}/question", {"question": "Yang lain?"}, status=409)
    (question,) = await emitted_of(evaluation_db, ModerationAsked)
    assert question.concerns_id == here.rater
    assert [one["debtor_id"] for one in await here.obligations("ANSWER_MODERATION")] == [here.rater]
    answer = await here.post(here.rater, f"{path}/answer", {"reason": "Tim melampaui semua target"})
    assert await here.post(here.rater, f"{path}/answer", {"reason": "Tim melampaui semua target"}) == answer
    assert (answer["outcome"], answer["reason"]) == ("KEPT", "Tim melampaui semua target")
    await here.post(here.rater, f"{path}/answer", {"reason": "lain"}, status=409)
    assert len(await emitted_of(evaluation_db, ModerationAnswered)) == 1
    assert await here.owed(Phase.MODERATION) == 0


async def test_the_rater_revises_and_the_version_before_is_kept(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    path, mine = await asked(here), f"/appraisals/{here.appraisals[here.ani]}"
    before = await here.read(here.ani)
    form = lower(here, here.ani)
    for _ in range(2):
        await here.post(here.rater, f"{mine}/revision", form)
    after = await here.read(here.ani)
    assert Decimal(after["local_score"]) < Decimal(before["local_score"])
    assert after["state"] == before["state"] == "PROVISIONAL"
    (revised,) = await emitted_of(evaluation_db, AssessmentRevised)
    assert (revised.version, revised.reason, revised.assessor_id) == (2, form["reason"], here.rater)
    assert [one.servant_id for one in await emitted_of(evaluation_db, ResultProvisional)].count(here.ani) == 2
    (told,) = (await here.get(here.office.office, f"{path}/revisions"))["items"]
    assert (told["servant_id"], told["assessor_id"]) == (str(here.ani), str(here.rater))
    assert (told["reason"], told["before"]["version"], told["after"]["version"]) == (form["reason"], 1, 2)
    assert told["after"]["scores"] == {code: f"{value}" for code, value in form["scores"].items()}
    assert told["before"]["scores"] != told["after"]["scores"]
    assert await here.get(here.rater, f"{path}/revisions") == await here.get(here.office.office, f"{path}/revisions")
    await here.get(here.ani, f"{path}/revisions", status=404)
    answer = await here.post(here.rater, f"{path}/answer", {"reason": "Satu penilaian terlalu tinggi"})
    assert (answer["outcome"], answer["revised"]) == (AnswerOutcome.REVISED, 1)
    assert [one["revised"] for one in await found(here)] == [1]
    await here.post(here.rater, f"{mine}/revision", lower(here, here.ani, 80), status=409)
    async with evaluation_db.transaction(here.tenant_id) as session:
        kept = (await session.execute(text("select version, scores from assessment_versions"))).all()
    assert [(row.version, row.scores) for row in kept] == [
        (
            1,
            {
                code: str(value)
                for code, value in points(here, LENIENT[0], here.office.everyone.index(here.ani)).items()
            },
        )
    ]


async def test_each_of_many_revisions_is_told_with_the_version_before_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    path, mine = await asked(here), f"/appraisals/{here.appraisals[here.ani]}"
    for points_now in (80, 70, 60):
        await here.post(here.rater, f"{mine}/revision", lower(here, here.ani, points_now))
    told = (await here.get(here.office.office, f"{path}/revisions"))["items"]
    assert [(one["before"]["version"], one["after"]["version"]) for one in told] == [(1, 2), (2, 3), (3, 4)]
    for earlier, later in pairwise(told):
        assert earlier["after"] == later["before"]
    first = await here.get(here.office.office, f"{path}/revisions", limit=2)
    assert first["items"] == told[:2]
    rest = await here.get(here.office.office, f"{path}/revisions", limit=2, cursor=first["next"])
    assert (rest["items"], rest["next"]) == (told[2:], None)


async def test_nobody_answers_in_time_and_it_goes_on_as_it_is(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    path = await asked(here)
    await here.sweep(days=10)
    (finding,) = await found(here)
    assert (finding["outcome"], finding["answer"]) == ("SILENT", None)
    assert finding["reason"].startswith("no answer")
    assert [one["state"] for one in await here.obligations("ANSWER_MODERATION")] == ["LAPSED"]
    await here.post(here.rater, f"{path}/answer", {"reason": "terlambat"}, status=409)
    revision = f"/appraisals/{here.appraisals[here.ani]}/revision"
    await here.post(here.rater, revision, lower(here, here.ani), status=409)


async def test_an_assessment_is_revised_only_after_a_question_and_before_the_signature(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    revision = f"/appraisals/{here.appraisals[here.ani]}/revision"
    await here.post(here.rater, revision, lower(here, here.ani), status=409)
    await asked(here)
    for stranger in (here.ani, here.authority, here.office.office):
        await here.post(stranger, revision, lower(here, here.ani), status=403)
    await here.post(here.rater, revision, lower(here, here.ani) | {"scores": {}}, status=422)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, here.rater)
    await here.post(here.rater, revision, lower(here, here.ani), status=409)


async def test_findings_are_found_by_what_they_are_about_and_read_one_by_one(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    (finding,) = await found(here)
    assert await found(here, about="RATER") == [finding]
    assert await found(here, about="UNIT") == await found(here, about="PERSON") == []
    path = f"/moderations/{finding['id']}"
    assert await here.get(here.office.office, path) == await here.get(here.rater, path) == finding
    await here.get(here.ani, path, status=404)


async def test_only_the_office_asks_and_closes_and_only_the_one_concerned_answers(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    (finding,) = await found(here)
    path = f"/moderations/{finding['id']}"
    for stranger in (here.rater, here.ani, here.authority):
        await here.post(stranger, f"{path}/question", {"question": "x"}, status=403)
        await here.post(stranger, f"{path}/closing", {"reason": "x"}, status=403)
    await here.post(here.rater, f"{path}/answer", {"reason": "belum ditanya"}, status=409)
    await asked(here)
    for stranger in (here.ani, here.authority, here.office.office):
        await here.post(stranger, f"{path}/answer", {"reason": "x"}, status=403)
    await here.post(here.office.office, f"/moderations/{here.cycle_id}/closing", {"reason": "x"}, status=404)


async def test_a_rater_who_is_late_is_looked_at_with_the_last_assessment(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    policy = policy_of("palembang").model_copy(update={"distribution": Distribution(smallest_unit=11)})
    here = await evaluating(evaluation_db, client_of, clock, policy=policy)
    await everybody_is_rated(here, last=False)
    await here.end(Phase.EVALUATION)
    await here.lead(Phase.MODERATION)
    assert await found(here) == []
    last = here.office.staff[-1]
    await here.assess(last, here.rater, scores=points(here, LENIENT[-1], here.office.everyone.index(last)))
    (finding,) = await found(here)
    assert finding["concerns_id"] == str(here.rater)


async def test_a_leader_who_deviates_from_the_guidance_records_a_reason_unasked(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 arts 24-25; SE MenPANRB 3/2023: guidance; rated good means at most 70 % good, somebody below."""
    here = await moderating(evaluation_db, client_of, clock, distribution=Distribution())
    (unit,) = (await here.get(here.office.office, f"/cycles/{here.cycle_id}/distribution"))["items"]
    assert (unit["people"], unit["checked"], unit["counts"]["GOOD"]) == (10, True, 10)
    assert unit["expected"] == {"VERY_GOOD": 2, "GOOD": 7, "NEEDS_IMPROVEMENT": 1, "POOR": 0, "VERY_POOR": 0}
    (finding,) = [one for one in await found(here) if one["unit_id"] is not None]
    assert [one["code"] for one in finding["found"]] == ["TOO_MANY", "TOO_FEW"]
    assert finding["concerns_id"] == unit["leader_id"] == str(here.office.head)
    answer = {"reason": "Semua target tercapai, tidak ada yang di bawah ekspektasi"}
    answered = await here.post(here.office.head, f"/moderations/{finding['id']}/answer", answer)
    assert (answered["outcome"], answered["reason"]) == ("KEPT", answer["reason"])
    assert sorted(one["state"] for one in await here.obligations("MODERATE")) == ["DONE", "OPEN"]


async def test_a_policy_without_an_obligation_to_give_a_reason_only_shows_the_deviation(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock, distribution=Distribution(reason_required=False))
    (unit,) = (await here.get(here.office.office, f"/cycles/{here.cycle_id}/distribution"))["items"]
    assert len(unit["findings"]) == 2
    assert [one["unit_id"] for one in await found(here)] == [None]


async def test_sources_of_one_person_lie_apart_and_the_superior_is_asked(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """docs/domain.md 6.5: a gap of 20 points is moderated; the rater decides whether to revise, nobody over the rater's head."""
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    await here.provisional(here.ani, points=90)
    await visits.hold(here)
    await visits.respond(here)
    await visits.assess_unit(here, 70)
    (finding,) = await found(here, by=here.rater)
    assert (finding["id"], finding["appraisal_id"]) == (str(here.appraisals[here.ani]),) * 2
    assert (
        finding["found"][0]["words"]["en"]
        == "20.00 points between the superior and the independent panel (limit 15.00)"
    )
    path = await asked(here)
    revised = RATINGS | {"scores": dict.fromkeys(here.codes, 80), "reason": "Temuan kunjungan diperhitungkan"}
    await here.post(here.rater, f"/appraisals/{here.appraisals[here.ani]}/revision", revised)
    assert (await here.read(here.ani))["state"] == "MODERATION"
    assert await emitted_of(evaluation_db, ResultProvisional) == []
    await here.post(here.rater, f"{path}/answer", {"reason": "Disesuaikan setelah kunjungan"})
    read = await here.read(here.ani)
    assert (read["state"], read["local_score"]) == ("PROVISIONAL", "76.00")
    (event,) = await emitted_of(evaluation_db, ResultProvisional)
    assert event.local_score == Decimal("76.00")


async def test_a_reviewing_authority_compares_the_raters_of_the_own_branch_and_nobody_else(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await moderating(evaluation_db, client_of, clock)
    path = f"/cycles/{here.cycle_id}/fairness/branch"
    read = await here.get(here.authority, path)
    lines = {one["rater_id"]: one for one in read["items"]}
    whole = (await here.get(here.office.office, f"/cycles/{here.cycle_id}/fairness"))["items"]
    [theirs] = [one for one in whole if one["rater_id"] == str(here.rater)]
    mine = lines[str(here.rater)]
    assert (mine["mean"], mine["difference"], mine["spread"]) == (
        theirs["mean"],
        theirs["difference"],
        theirs["spread"],
    )
    assert theirs["findings"] != []
    assert (mine["findings"], mine["source_gap"]) == ([], None)
    assert str(here.authority) not in lines  # the own line is fairness/mine
    assert all(one["mean"] is None for one in read["items"] if one["people"] < 5)
    above = {one["rater_id"] for one in (await here.get(here.office.sekda, path))["items"]}
    assert lines.keys() < above
    assert str(here.authority) in above
    for nobody in (here.ani, here.rater, here.office.office, here.office.panel[0]):
        await here.get(nobody, path, status=403)
