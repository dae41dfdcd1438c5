"""Every event is told to somebody or is silent for a reason, and what is told can be read in both languages."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Event, new_id
from contracts.evaluation.cycles import MembersEnrolled
from contracts.evaluation.proposals import ProposalDecided, ProposalKind, ProposalState, ProposalSuperseded
from contracts.evaluation.results import ResultFinalised, ResultSuperseded
from contracts.feedback.improvement import ImprovementDecided, ImprovementOutcome
from contracts.feedback.support import CoachingAsked, CoachingKind, CoachingReported, SupportAnswered
from contracts.known import every_event
from contracts.plans.confirmations import Answer, PlanConfirmed
from contracts.plans.dialogues import DialogueRecorded
from contracts.plans.reports import ActualsReported
from contracts.registry.personnel import ActingKind, ChangeKind, PersonnelChanged, RelationChange, Status
from services.notify.notices.rules.channels import INBOX_ONLY
from services.notify.notices.rules.letters import TEMPLATES, write
from services.notify.notices.rules.notes import Note, Whom
from services.notify.notices.rules.recipients.cycles import joined
from services.notify.notices.rules.recipients.table import RECIPIENTS
from services.notify.notices.rules.silent import SILENT
from tests.contracts.samples import sample
from tests.support.languages import ENGLISH, INDONESIAN, strange

BY_THEMSELVES = {"ObligationsOpened", "ObligationsStepped", "ObligationsMoved", "MembersEnrolled"}
"""Told by functions of their own, beside the table."""
ANI, BUDI, CITRA, DEWI = (new_id() for _ in range(4))
NAMES = {str(ANI): "Ani", str(BUDI): "Budi", str(CITRA): "Citra", str(DEWI): "Dewi"}
ZONE = "Asia/Jakarta"


def words(note: Note, language: str = "id") -> str:
    """Subject and body, every name that is not one of the four being Nama."""
    names = {str(one): "Nama" for one in note.ids()} | NAMES
    letter = write(note, language, names=names, zone=ZONE)
    return f"{letter.subject}\n{letter.body}"


def test_every_event_is_told_or_silent_for_a_reason() -> None:
    told, known = {kind.__name__ for kind in RECIPIENTS}, {kind.__name__ for kind in every_event().values()}
    assert known == told | BY_THEMSELVES | set(SILENT), "add the event to RECIPIENTS, or to SILENT with the reason"
    assert not (told | BY_THEMSELVES) & set(SILENT)
    assert all(SILENT.values())


def test_what_is_not_mailed_is_a_template_and_has_a_reason() -> None:
    assert set(INBOX_ONLY) <= {path.stem for path in (TEMPLATES / "id").glob("*.txt")}
    assert all(INBOX_ONLY.values())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", [*RECIPIENTS, MembersEnrolled], ids=lambda kind: kind.__name__)
def test_what_is_told_can_be_read(kind: type[Event], language: str) -> None:
    notes = joined(sample(kind)) if kind is MembersEnrolled else RECIPIENTS[kind](sample(kind))  # type: ignore[arg-type]
    for note in notes:
        text = words(note, language)
        assert "None" not in text
        assert not text.startswith("\n")
        assert len(text.splitlines()) > 1
        assert not strange(text, ENGLISH if language == "id" else INDONESIAN), text


def relation(servant: UUID, rater: UUID | None, former: UUID | None) -> RelationChange:
    return RelationChange(
        servant_id=servant,
        unit_id=new_id(),
        rater_id=rater,
        authority_id=None,
        is_head=False,
        former_unit_id=new_id(),
        former_rater_id=former,
        former_authority_id=None,
    )


def changed(kind: ChangeKind, *relations: RelationChange, **more: Any) -> list[Note]:
    body: dict[str, Any] = {"status": Status.ACTIVE, "reason": "SK 821/2026.", "servant_id": ANI} | more
    event = PersonnelChanged(
        tenant_id="16.71",
        change_id=new_id(),
        kind=kind,
        effective_on=date(2026, 5, 4),
        unit_id=new_id(),
        recorded_by=new_id(),
        relations=relations,
        **body,
    )
    return RECIPIENTS[PersonnelChanged](event)


def people(notes: list[Note]) -> set[tuple[object, str]]:
    return {(note.to, note.template) for note in notes}


def test_a_transfer_is_told_to_the_servant_and_both_raters() -> None:
    notes = changed(ChangeKind.TRANSFER, relation(ANI, CITRA, BUDI), former_unit_id=new_id())
    assert people(notes) == {(ANI, "transferred"), (CITRA, "people_received"), (BUDI, "people_passed")}
    told = {note.template: words(note) for note in notes}
    assert "Pejabat Penilai Anda kini Citra" in told["transferred"]
    assert told["people_received"].startswith("Anda kini menilai Ani")
    assert "- Ani - kini Citra" in told["people_passed"]
    assert "4 Mei 2026" in told["people_passed"]
    assert all("SK 821" not in told[name] for name in ("people_received", "people_passed"))


def test_whoever_is_named_before_the_last_piece_of_a_change_reads_of_it_and_the_person_itself_once() -> None:
    pieces = [
        changed(ChangeKind.TRANSFER, relation(DEWI, CITRA, BUDI), former_unit_id=new_id(), more=True),
        changed(ChangeKind.TRANSFER, relation(ANI, CITRA, BUDI), former_unit_id=new_id()),
    ]
    assert [(ANI, "transferred") in people(notes) for notes in pieces] == [False, True]
    assert (DEWI, "rater_changed") in people(pieces[0])


@pytest.mark.parametrize(("kind", "said"), [(ChangeKind.CORRECTION, "diperbaiki"), (ChangeKind.RATER, "berubah")])
def test_a_corrected_rater_is_told_to_the_servant_and_both_raters(kind: ChangeKind, said: str) -> None:
    notes = changed(kind, relation(ANI, CITRA, BUDI))
    assert people(notes) == {(ANI, "rater_changed"), (CITRA, "people_received"), (BUDI, "people_passed")}
    assert f"Pejabat Penilai Anda {said}: Citra" in words(notes[0])


def test_an_acting_official_is_told_to_the_absent_one_the_people_and_the_acting_one() -> None:
    relations = (relation(CITRA, BUDI, ANI), relation(DEWI, BUDI, ANI))
    notes = changed(ChangeKind.ACTING, *relations, acting=ActingKind.PLH, until=date(2026, 5, 29))
    assert people(notes) == {
        (ANI, "acting_named"),
        (CITRA, "rater_changed"),
        (DEWI, "rater_changed"),
        (BUDI, "people_received"),
        (ANI, "people_passed"),
    }
    told = {note.template: words(note) for note in notes}
    assert "4 Mei 2026 sampai 29 Mei 2026 Budi memimpin" in told["acting_named"]
    assert told["people_received"].startswith("Anda kini menilai 2 pegawai")


def test_why_somebody_is_suspended_is_told_to_that_person_alone_and_nobody_writes_to_the_dead() -> None:
    notes = changed(ChangeKind.STATUS, relation(CITRA, BUDI, ANI), status=Status.SUSPENDED, reason="Pemeriksaan")
    assert {note.to for note in notes if "Pemeriksaan" in words(note)} == {ANI}
    assert "diberhentikan sementara" in words(notes[0])
    dead = changed(ChangeKind.STATUS, relation(CITRA, BUDI, ANI), relation(ANI, None, DEWI), status=Status.DIED)
    assert ANI not in {note.to for note in dead}
    assert (CITRA, "rater_changed") in people(dead)


def test_who_set_a_plan_is_told_of_a_disagreement_with_its_reason_and_of_nothing_else() -> None:
    said = sample(PlanConfirmed).model_copy(
        update={"servant_id": ANI, "set_by": BUDI, "reason": "Target terlalu tinggi"}
    )
    for answer in (Answer.AGREED, Answer.SILENT):
        assert RECIPIENTS[PlanConfirmed](said.model_copy(update={"answer": answer})) == []
    [note] = RECIPIENTS[PlanConfirmed](said.model_copy(update={"answer": Answer.DISAGREED}))
    assert (note.to, note.template, note.params["reason"]) == (BUDI, "plan_contested", "Target terlalu tinggi")


def test_what_a_person_did_or_knows_is_not_told_again() -> None:
    reported = sample(ActualsReported)
    assert RECIPIENTS[ActualsReported](reported)
    assert RECIPIENTS[ActualsReported](reported.model_copy(update={"automatic": False})) == []
    dialogue = sample(DialogueRecorded).model_copy(update={"servant_id": ANI, "recorded_by": BUDI})
    assert [note.to for note in RECIPIENTS[DialogueRecorded](dialogue)] == [ANI]
    own = dialogue.model_copy(update={"recorded_by": ANI})
    assert [note.to for note in RECIPIENTS[DialogueRecorded](own)] == [Whom.RATER]
    accepted = sample(ProposalDecided).model_copy(update={"kind": ProposalKind.IMPROVEMENT_CASE, "accepted": True})
    assert RECIPIENTS[ProposalDecided](accepted) == []
    assert RECIPIENTS[ProposalDecided](accepted.model_copy(update={"accepted": False}))
    superseded = sample(ProposalSuperseded)
    assert RECIPIENTS[ProposalSuperseded](superseded.model_copy(update={"former": ProposalState.PROPOSED})) == []
    assert len(RECIPIENTS[ProposalSuperseded](superseded.model_copy(update={"former": ProposalState.ACCEPTED}))) == 2


@pytest.mark.parametrize(("was_final", "told"), [(True, [Whom.RATER, Whom.OFFICE]), (False, [Whom.RATER])])
def test_the_office_hears_of_a_superseded_result_that_was_final(was_final: bool, told: list[Whom]) -> None:  # noqa: FBT001
    event = sample(ResultSuperseded).model_copy(update={"was_final": was_final})
    assert [note.to for note in RECIPIENTS[ResultSuperseded](event)] == told


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_tells_what_coaching_is_about_or_which_kind_it_is(language: str) -> None:
    def told(kind: CoachingKind) -> list[str]:
        asked = sample(CoachingAsked).model_copy(update={"kind": kind})
        reported = sample(CoachingReported).model_copy(update={"kind": kind, "outcome": "RAHASIA"})
        notes = [*RECIPIENTS[CoachingAsked](asked), *RECIPIENTS[CoachingReported](reported)]
        return [words(note, language) for note in notes]

    assert told(CoachingKind.COACHING) == told(CoachingKind.COUNSELLING)
    assert not [text for text in told(CoachingKind.COUNSELLING) if "RAHASIA" in text or "onseling" in text.lower()]


def test_further_words_depend_on_what_was_decided() -> None:
    decided = sample(ImprovementDecided)
    extended = decided.model_copy(update={"outcome": ImprovementOutcome.EXTENDED})
    well = decided.model_copy(update={"outcome": ImprovementOutcome.ENDED_WELL})
    assert ["berjalan sampai" in words(RECIPIENTS[ImprovementDecided](one)[0]) for one in (extended, well)] == [
        True,
        False,
    ]
    answered = sample(SupportAnswered)
    said = [
        words(RECIPIENTS[SupportAnswered](answered.model_copy(update={"granted": granted}))[0])
        for granted in (True, False)
    ]
    assert ["penyesuaian ekspektasi" in one for one in said] == [False, True]
    final = sample(ResultFinalised).model_copy(update={"version": 2})
    assert "(versi 2)" in words(RECIPIENTS[ResultFinalised](final)[0])
