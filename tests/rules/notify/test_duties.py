"""The first word about a duty is no reminder: who owes is told when it is born, colleagues in letters of their own."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.obligations import UNNAMED, Obligation, ObligationKind, ObligationsOpened
from contracts.plans.obligations import OBLIGATIONS
from services.notify.notices.rules.channels import mailed
from services.notify.notices.rules.duties import opened
from services.notify.notices.rules.ladders import SHOWN, UNLISTED
from services.notify.notices.rules.letters import write

ANI, BUDI = new_id(), new_id()
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def born(kind: ObligationKind, debtor: UUID = ANI, about: UUID | None = ANI, days: int = 5) -> Obligation:
    due = NOW + timedelta(days=days)
    return Obligation(
        id=new_id(), kind=kind, subject_id=new_id(), about_id=about, debtor_id=debtor, due_at=due, opened_at=NOW
    )


def event(*items: Obligation) -> ObligationsOpened:
    made: Any = OBLIGATIONS.opened(tenant_id="16.71", cycle_id=new_id(), phase=Phase.PLANNING, items=list(items))
    assert isinstance(made, ObligationsOpened)
    return made


def test_a_silent_servant_hears_of_a_plan_when_it_is_to_be_made() -> None:
    [note] = opened(event(born(ObligationKind.PROPOSE_PLAN)))
    assert (note.to, note.template, mailed(note.template)) == (ANI, "duty_born", True)
    letters = {language: write(note, language, names={}, zone="Asia/Jakarta") for language in ("id", "en")}
    assert "Kewajiban baru" in letters["id"].subject
    assert "10 Januari 2026" in letters["id"].body
    assert "New duty" in letters["en"].subject
    assert "Kewajiban" not in letters["en"].subject + letters["en"].body


def test_what_one_owes_about_others_comes_as_one_notice_in_the_inbox() -> None:
    many = [born(ObligationKind.ANSWER_PLAN, BUDI, new_id()) for _ in range(SHOWN + 3)]
    [note] = opened(event(*many))
    assert (note.to, note.template, mailed(note.template)) == (BUDI, "duty_born_about_others", False)
    assert (len(note.params["obligations"]), note.params["more"]) == (SHOWN, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(UNNAMED))
def test_a_colleague_is_asked_in_a_letter_that_no_log_lists(kind: ObligationKind) -> None:
    [note] = opened(event(born(kind, BUDI, ANI)))
    assert note.template in UNLISTED
    letter = write(note, "id", names={str(ANI): "Ani"}, zone="Asia/Jakarta")
    assert "anonim" in letter.body
