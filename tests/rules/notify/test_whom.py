"""Who is told what."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.feedback.feedback import FeedbackGiven
from contracts.feedback.objections import ObjectionFiled
from contracts.obligations import UNNAMED, ObligationKind, Step, SteppedObligation
from contracts.plans.obligations import ObligationsStepped
from services.notify.notices.rules.ladders import SHOWN, UNLISTED, stepped
from services.notify.notices.rules.letters import write
from services.notify.notices.rules.notes import Note
from services.notify.notices.rules.recipients.table import RECIPIENTS

CITY, CYCLE = "16.71", new_id()
DUE = datetime(2026, 1, 30, 16, 59, 59, tzinfo=UTC)
ANI, BUDI, CITRA = new_id(), new_id(), new_id()


def item(step: Step, *, debtor: UUID = ANI, told: UUID = ANI, former: UUID | None = None) -> SteppedObligation:
    return SteppedObligation(
        id=new_id(),
        kind=ObligationKind.PROPOSE_PLAN,
        step=step,
        debtor_id=debtor,
        told_id=told,
        former_id=former,
        about_id=ANI,
        due_at=DUE,
        rung=1,
    )


def notes(*items: SteppedObligation) -> list[Note]:
    return stepped(ObligationsStepped(tenant_id=CITY, cycle_id=CYCLE, phase=Phase.PLANNING, items=list(items)))


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (item(Step.REMIND), {(ANI, "reminder")}),
        (item(Step.ESCALATE, told=BUDI), {(BUDI, "escalation")}),
        (item(Step.OFFICE, told=CITRA), {(CITRA, "office_notice")}),
        (
            item(Step.HAND_OVER, debtor=BUDI, told=BUDI, former=ANI),
            {(BUDI, "handover_received"), (ANI, "handover_given")},
        ),
        (item(Step.HAND_OVER, debtor=ANI, told=ANI, former=ANI), set()),
        (item(Step.LAPSE), set()),
    ],
)
def test_each_step_of_a_ladder_tells_whom_it_concerns(one: SteppedObligation, told: set[tuple[UUID, str]]) -> None:
    assert {(note.to, note.template) for note in notes(one)} == told


@pytest.mark.parametrize("kind", sorted(UNNAMED))
@pytest.mark.parametrize("step", [step for step in Step if step is not Step.LAPSE])
def test_of_an_anonymous_assessor_nobody_is_told_but_the_assessor(step: Step, kind: ObligationKind) -> None:
    """Also where a policy's ladder, or an event of an older release, would tell the superior or the office."""
    dewi = new_id()
    one = item(step, debtor=BUDI if step is Step.HAND_OVER else ANI, told=CITRA, former=ANI)
    (note,) = notes(one.model_copy(update={"kind": kind, "about_id": dewi, "debtor_id": ANI}))
    assert (note.to, note.template in UNLISTED) == (ANI, True)
    letter = write(note, "id", names={str(dewi): "Dewi", str(ANI): "Ani"}, zone="Asia/Jakarta")
    assert ("Dewi" in letter.body, "Nilai rekan kerja" in letter.body) == (True, True)


def test_what_an_assessor_owes_otherwise_stands_in_a_letter_of_its_own() -> None:
    """One letter for both would leave the delivery log with a gap where the office expects a reminder."""
    peer = item(Step.REMIND).model_copy(update={"kind": ObligationKind.ASSESS_PEER, "about_id": BUDI})
    assert {note.template for note in notes(item(Step.REMIND), peer)} == {"reminder", "colleague_reminder"}


def test_many_obligations_of_one_person_are_one_notice_that_lists_the_first_ones() -> None:
    (note,) = notes(*(item(Step.ESCALATE, told=BUDI) for _ in range(SHOWN + 3)))
    letter = write(note, "id", names={str(ANI): "Ani"}, zone="Asia/Jakarta")
    assert letter.subject == "Kewajiban yang belum diselesaikan di bawah Anda"
    assert letter.body.count("Ajukan rencana kinerja (SKP) - Ani, batas waktu Jumat, 30 Januari 2026") == SHOWN
    assert letter.body.endswith("- dan 3 lainnya")


def test_a_single_obligation_stands_in_the_subject() -> None:
    (note,) = notes(item(Step.REMIND))
    letter = write(note, "en", names={}, zone="Asia/Jakarta")
    assert letter.subject == "Reminder: Propose your performance plan"
    assert letter.body.splitlines()[:2] == [
        "Please see to it:",
        "- Propose your performance plan, due Friday, 30 January 2026 23:59 WIB",
    ]


@pytest.mark.parametrize(("direction", "named"), [("DOWN", True), ("UP", False), ("PEER", False)])
def test_only_a_leader_who_gives_feedback_is_named(direction: str, named: bool) -> None:  # noqa: FBT001
    event = FeedbackGiven(
        tenant_id=CITY, cycle_id=CYCLE, servant_id=ANI, feedback_id=new_id(), author_id=BUDI, direction=direction
    )
    (note,) = RECIPIENTS[FeedbackGiven](event)
    assert (str(BUDI) in note.params.values()) is named
    assert ("Budi" in write(note, "id", names={str(BUDI): "Budi"}, zone="Asia/Jakarta").body) is named


def test_who_is_both_rater_and_authority_is_told_once() -> None:
    event = ObjectionFiled(
        tenant_id=CITY,
        cycle_id=CYCLE,
        servant_id=ANI,
        objection_id=new_id(),
        appraisal_id=new_id(),
        result_id=new_id(),
        rater_id=BUDI,
        authority_id=BUDI,
        filed_at=DUE,
        statements_by=DUE + timedelta(days=4),
        decide_by=DUE + timedelta(days=7),
    )
    assert [note.template for note in RECIPIENTS[ObjectionFiled](event)] == ["objection_filed_authority"]
