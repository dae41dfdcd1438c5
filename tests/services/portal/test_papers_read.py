"""Forms made from what the services answer: every answer here is one that their OpenAPI documents allow."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from contracts.base import OrgPerformance, Predicate, Rating
from contracts.portal.papers import PaperKind
from kit.errors import Forbidden, NotFound
from services.portal.papers.queries.evaluations import evaluation_paper, result_paper
from services.portal.papers.queries.files import file_paper
from services.portal.papers.queries.objections import objection_paper
from services.portal.papers.queries.plans import plan_paper
from services.portal.papers.queries.reads import letterhead
from services.portal.papers.queries.upward import upward_paper
from services.portal.papers.queries.visits import visit_paper
from services.portal.papers.rules.parts import Head, Side
from services.portal.papers.rules.typesetting import render
from services.portal.upstream.refusals import Refusal
from tests.support.answers.every import answers
from tests.support.answers.reading import Answered, Answers
from tests.support.answers.things import ABOVE, BY, CYCLE, OBJECTION, OTHER, PLAN, REPORT, RESULT, VISIT, WHO
from tests.support.papers.people import ADDRESS, AUTHORITY, RATER, SERVANT

HEAD = Head(tenant_id="14.72", place="Dumai", agency="Pemerintah Kota Dumai")


def _with(service: str, path: str, **changed: Any) -> Answers:
    every = answers()
    return every | {(service, path): every[service, path] | changed}


async def test_the_head_of_a_citys_forms_is_its_first_unit_and_its_moments_are_in_the_zone_of_its_calendar() -> None:
    found = await letterhead(Answered(answers()), "14.72")
    assert (found.agency, found.place, found.zone) == ("Pemerintah Kota Dumai", "Dumai", "Asia/Makassar")


async def test_a_plan_shows_the_leaders_result_that_it_serves_and_who_signed_it() -> None:
    found = await plan_paper(Answered(answers()), HEAD, UUID(PLAN))
    assert (found.servant.nip, found.rater and found.rater.nip) == (SERVANT.nip, RATER.nip)
    assert found.results[0].superior == "Meningkatnya cakupan layanan"
    assert found.results[0].indicators[0].target_hi == Decimal("1250.5")
    assert found.results[0].indicators[0].actual is None, "a plan says what is expected, not what was reached"
    assert [(one.side, one.person.name) for one in found.signatures] == [
        (Side.SERVANT, SERVANT.name),
        (Side.RATER, RATER.name),
    ]
    assert found.head.period_end == date(2027, 6, 30)


async def test_a_result_without_a_leaders_above_serves_the_goal_of_the_city() -> None:
    every = answers()
    results = [every["plans", f"/plans/{PLAN}"]["results"][0] | {"superior_result_id": None}]
    reads = Answered(_with("plans", f"/plans/{PLAN}", results=results))
    assert (await plan_paper(reads, HEAD, UUID(PLAN))).results[0].superior == "Kota sehat"


async def test_a_plan_that_the_superior_set_is_signed_by_the_superior() -> None:
    reads = Answered(_with("plans", f"/plans/{PLAN}", set_by=ABOVE, by_superior=True))
    signed = (await plan_paper(reads, HEAD, UUID(PLAN))).signatures[1]
    assert (signed.side, signed.person.name) == (Side.AUTHORITY, AUTHORITY.name)


async def test_a_plan_that_one_may_not_read_makes_no_paper() -> None:
    with pytest.raises(Refusal):
        await plan_paper(Answered(answers(), forbidden=[("plans", f"/plans/{PLAN}")]), HEAD, UUID(PLAN))


async def test_a_periodic_evaluation_has_the_actuals_of_its_own_report_and_whoever_evaluated_it() -> None:
    found = await evaluation_paper(Answered(answers()), HEAD, UUID(PLAN), 2)
    indicator = found.results[0].indicators[0]
    assert (indicator.actual, indicator.evidence[0].reference) == (Decimal(1320), "445/117/2027")
    assert (found.result_rating, found.predicate, found.note) == (Rating.ABOVE, Predicate.GOOD, "Pertahankan.")
    assert (found.starts_on, found.rater and found.rater.name) == (date(2027, 4, 1), AUTHORITY.name)
    assert found.organisation is OrgPerformance.GOOD


async def test_feedback_that_was_for_the_person_alone_or_from_colleagues_stands_on_no_form() -> None:
    found = await evaluation_paper(Answered(answers()), HEAD, UUID(PLAN), 2)
    assert found.results_feedback == ("Kunjungan tepat waktu\nLengkapi catatan",)


async def test_whoever_evaluates_in_the_place_of_the_rater_need_not_be_able_to_read_feedback() -> None:
    reads = Answered(answers(), forbidden=[("feedback", "/feedback")])
    found = await evaluation_paper(reads, HEAD, UUID(PLAN), 2)
    assert (found.results_feedback, found.predicate) == ((), Predicate.GOOD)


async def test_the_evaluation_of_the_whole_cycle_has_the_newest_actuals() -> None:
    found = await evaluation_paper(Answered(answers()), HEAD, UUID(PLAN))
    assert (found.period, found.results[0].indicators[0].actual) == (None, Decimal(700))


async def test_a_period_that_nobody_evaluated_says_so_and_one_that_there_is_not_is_refused() -> None:
    found = await evaluation_paper(Answered(answers()), HEAD, UUID(PLAN), 1)
    assert (found.predicate, found.signatures[0].at) == (None, None)
    with pytest.raises(NotFound):
        await evaluation_paper(Answered(answers()), HEAD, UUID(PLAN), 3)


async def test_a_result_of_the_rater_is_form_d_1_1() -> None:
    found = await result_paper(Answered(answers()), HEAD, UUID(RESULT))
    assert (found.kind, found.outcome.predicate) == (PaperKind.RESULT, Predicate.NEEDS_IMPROVEMENT)
    assert [one.side for one in found.signatures] == [Side.SERVANT, Side.RATER]
    assert found.taken_over == ("Profil puskesmas: Perubahan penugasan",)
    assert found.strengths[0].en == "Visits"


async def test_a_result_of_the_superior_is_form_d_1_2_and_who_did_not_open_it_has_not_signed() -> None:
    changes = {"by_superior": True, "issued_by": ABOVE, "deemed": True}
    found = await result_paper(Answered(_with("evaluation", f"/results/{RESULT}", **changes)), HEAD, UUID(RESULT))
    assert found.kind is PaperKind.RESULT_BY_SUPERIOR
    assert [(one.side, one.at is None) for one in found.signatures] == [(Side.SERVANT, True), (Side.AUTHORITY, False)]


async def test_a_result_that_a_decision_made_is_form_d_1_3_with_three_signatures() -> None:
    reads = Answered(answers())
    found = await result_paper(reads, HEAD, UUID(OTHER))
    assert reads.queries["feedback", "/objections"] == {"cycle_id": CYCLE, "servant_id": WHO, "state": "AMENDED"}
    assert found.kind is PaperKind.RESULT_AFTER_OBJECTION
    assert found.former is not None
    assert (found.former.predicate, found.outcome.predicate) == (Predicate.NEEDS_IMPROVEMENT, Predicate.GOOD)
    assert found.objection is not None
    assert found.objection.explained == "Laporan terlambat diterima."
    assert [one.side for one in found.signatures] == [Side.SERVANT, Side.RATER, Side.AUTHORITY]
    assert all(one.at is not None for one in found.signatures)


async def test_the_decision_of_an_objection_names_what_was_set_anew() -> None:
    found = await objection_paper(Answered(answers()), HEAD, UUID(OBJECTION))
    assert [(one.about.id, one.value) for one in found.scores] == [
        ("Capaian target", Decimal("103.00")),
        ("Jumlah kunjungan rumah", Decimal(1320)),
    ]
    assert (found.by_servant.text, found.by_rater.text) == (None, "Laporan terlambat diterima.")
    assert (found.contested.version, found.changed and found.changed.version) == (1, 2)


async def test_a_visit_has_each_finding_with_its_answer_and_the_lead_of_the_panel_once() -> None:
    found = await visit_paper(Answered(answers()), HEAD, UUID(VISIT))
    assert found.unit == "Puskesmas Dumai Kota"
    assert (found.lead.name, [one.name for one in found.panel]) == (AUTHORITY.name, [OTHER])
    assert found.checklist[0].answer is False
    assert (found.findings[0].reply, found.findings[0].action) == ("Satu petugas cuti.", "Loket kedua")
    assert found.servant_id is None


async def test_ones_own_file_has_every_service_in_it_and_is_of_its_newest_entry() -> None:
    reads = Answered(answers())
    found = await file_paper(reads, HEAD, UUID(WHO))
    assert found.as_of == datetime(2027, 8, 4, 9, tzinfo=UTC)
    assert [one.record.id for one in found.entries] == ["Keberatan", "Pengisian oleh pendamping"]
    assert [(one.on, one.record.id) for one in found.looked] == [
        (date(2027, 8, 4), "Hasil penilaian"),
        (date(2027, 3, 1), "SKP"),
    ]
    assert {service for service, _ in reads.asked} == {"registry", "plans", "evaluation", "feedback"}


async def test_a_rater_gets_no_file_in_which_the_raters_own_records_would_stand() -> None:
    with pytest.raises(Forbidden):
        await file_paper(Answered(answers(), me=UUID(BY)), HEAD, UUID(WHO))


async def test_a_report_upward_names_whom_objections_helped_and_how_far_the_missing_are() -> None:
    reads = Answered(answers())
    found = await upward_paper(reads, HEAD, UUID(CYCLE), UUID(REPORT))
    assert reads.queries["feedback", "/objections"] == {"cycle_id": CYCLE, "state": "AMENDED"}
    assert [(one.name.id, one.count) for one in found.predicates][:2] == [("Sangat baik", 0), ("Baik", 10)]
    assert [(one.name.en, one.count) for one in found.missing_states] == [
        ("Not rated completely", 1),
        ("Waits for the signature", 1),
    ]
    assert [(one.person.name, one.version, str(one.objection_id)) for one in found.changes] == [
        (SERVANT.name, 2, OBJECTION)
    ]
    assert [(one.side, one.person.name) for one in found.signatures] == [(Side.OFFICE, AUTHORITY.name)]
    assert (found.about, found.servant_id) == ("Siklus semester I 2027", None)


async def test_a_report_upward_that_is_not_of_the_cycle_makes_no_paper_and_one_without_changes_asks_for_no_objection() -> (
    None
):
    reads = Answered(answers())
    with pytest.raises(NotFound):
        await upward_paper(reads, HEAD, UUID(CYCLE), UUID(PLAN))
    assert (await upward_paper(reads, HEAD, UUID(CYCLE), UUID(OTHER))).changes == ()
    assert ("feedback", "/objections") not in reads.asked


async def test_a_province_has_no_unit_and_is_named_by_its_number() -> None:
    class Nowhere(Answered):
        async def city(self) -> tuple[str, str]:
            return "", "Asia/Jakarta"

    assert (await letterhead(Nowhere({}), "14.00")).agency == "Pemerintah Provinsi (kode wilayah 14)"
    assert (await letterhead(Nowhere({}), "14.72")).agency == "14.72"


async def test_every_form_that_is_read_can_be_typeset_and_is_the_same_when_it_is_read_again() -> None:
    for _ in range(2):
        reads = Answered(answers())
        papers = [
            await plan_paper(reads, HEAD, UUID(PLAN)),
            await evaluation_paper(reads, HEAD, UUID(PLAN), 2),
            await result_paper(reads, HEAD, UUID(RESULT)),
            await result_paper(reads, HEAD, UUID(OTHER)),
            await objection_paper(reads, HEAD, UUID(OBJECTION)),
            await visit_paper(reads, HEAD, UUID(VISIT)),
            await file_paper(reads, HEAD, UUID(WHO)),
            await upward_paper(reads, HEAD, UUID(CYCLE), UUID(REPORT)),
        ]
        made = [render(one, address=ADDRESS) for one in papers]
    again = [render(one, address=ADDRESS) for one in papers]
    assert made == again
