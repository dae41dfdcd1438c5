"""What notices say, in both languages."""

from datetime import UTC, datetime

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from contracts.base import Phase, Predicate, Role, new_id
from contracts.evaluation.proposals import ProposalKind
from contracts.feedback.improvement import ImprovementOutcome, Progress
from contracts.feedback.support import SupportKind
from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind
from contracts.registry.personnel import Status
from contracts.registry.requests import RequestKind
from services.notify.mail.rules.retries import wait_after
from services.notify.notices.rules import vocabulary, words
from services.notify.notices.rules.letters import TEMPLATES, write
from services.notify.notices.rules.notes import NAMED, Note

NAMES = sorted(path.stem for path in (TEMPLATES / "id").glob("*.txt"))


def test_every_obligation_and_predicate_has_words() -> None:
    assert set(OBLIGATION_NAMES) == set(ObligationKind)
    assert set(words.PREDICATES) == set(Predicate)
    tables = (Phase, Status, ProposalKind, Progress, ImprovementOutcome, SupportKind, RequestKind, Role)
    assert [set(table) for table in vocabulary.TABLES.values()] == [set(kinds) for kinds in tables]


def test_an_instant_is_told_in_the_citys_zone() -> None:
    instant = datetime(2026, 1, 5, 16, 59, 59, tzinfo=UTC)
    assert words.moment(instant, "id", "Asia/Jakarta") == "Senin, 5 Januari 2026 pukul 23.59 WIB"
    assert words.moment(instant, "en", "Asia/Jayapura") == "Tuesday, 6 January 2026 01:59 WIT"


def test_both_languages_have_the_same_templates() -> None:
    assert sorted(path.stem for path in (TEMPLATES / "en").glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_of_a_template_use_the_same_params(name: str) -> None:
    used = [_variables(f"{language}/{name}.txt") for language in words.LANGUAGES]
    assert used[0] == used[1]


def _variables(path: str) -> set[str]:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False)  # noqa: S701 - plain text
    filters = ("name", "obligation", "predicate", "moment", "day", *vocabulary.TABLES)
    environment.filters.update(dict.fromkeys(filters, str))
    source = (TEMPLATES / path).read_text()
    return meta.find_undeclared_variables(environment.parse(source))


def test_the_first_line_is_the_subject_even_if_a_title_has_line_breaks() -> None:
    servant = new_id()
    note = Note(new_id(), "idea_submitted", {"servant": str(servant), "title": "Loket\r\nBcc: x\nkeliling"})
    letter = write(note, "id", names={str(servant): "Ani"}, zone="Asia/Jakarta")
    assert letter.subject == "Ide dari Ani: Loket Bcc: x keliling"
    assert letter.body == "Ani menyampaikan ide: Loket Bcc: x keliling\nMohon ditanggapi."


def test_a_language_nobody_wrote_templates_for_reads_indonesian() -> None:
    note = Note(new_id(), "objection_escalated", {"servant": str(new_id())})
    assert write(note, "jv", names={}, zone="Asia/Jakarta").subject.startswith("Keputusan keberatan terlambat")


def test_a_note_knows_whose_names_it_needs() -> None:
    one, two = new_id(), new_id()
    obligations = [{"kind": "ASSESS", "debtor": str(one), "about": ""}]
    assert Note(new_id(), "escalation", {"obligations": obligations, "servant": str(two), "author": None}).ids() == {
        one,
        two,
    }
    assert "title" not in NAMED


def test_an_email_is_given_up_after_five_tries() -> None:
    assert [wait_after(tries) for tries in range(1, 6)] == [10, 40, 160, 640, None]
