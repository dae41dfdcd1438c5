"""docs/obligations.md says of every kind what the code says: whose service it is, and what its ladder ends in."""

import re

import pytest

from contracts.obligations import OPEN_ENDED, ObligationKind, Step
from services.evaluation import lapses as evaluation
from services.evaluation.obligations import PHASES as EVALUATION
from services.feedback import lapses as feedback
from services.feedback.obligations import PHASES as FEEDBACK
from services.plans.cycles.commands import lapses as plans
from tests.support.library_of import effective, text_of
from tests.support.sources import ROOT

_LINE = re.compile(r"\| `(\w+)` \| (.+) \| (.+) \| (\w+) \| (.+) \|")
TABLE = {ObligationKind(row[0]): row for row in _LINE.findall((ROOT / "docs" / "obligations.md").read_text())}
LAPSES = {"plans": plans.LAPSES, "evaluation": evaluation.LAPSES, "feedback": feedback.LAPSES}


def _service(kind: ObligationKind) -> str:
    return "evaluation" if kind in EVALUATION else "feedback" if kind in FEEDBACK else "plans"


def test_every_kind_has_a_line_in_the_order_of_the_code() -> None:
    assert list(TABLE) == list(ObligationKind)


@pytest.mark.parametrize("kind", ObligationKind)
def test_the_table_names_the_service_and_the_end_of_the_ladder(kind: ObligationKind) -> None:
    _, debtor, about, service, end = TABLE[kind]
    assert debtor
    assert about
    assert service == _service(kind)
    assert end.startswith("open-ended" if kind in OPEN_ENDED else "default: ")


@pytest.mark.parametrize("place", ["palembang", "plaju", "sawahlunto", "binjai", "dumai"])
def test_every_ladder_of_a_place_ends_in_a_default_unless_it_is_open_ended(place: str) -> None:
    ladders = effective(text_of(place)).policy.ladders
    assert set(ladders) == set(ObligationKind)
    ends = {kind: any(rung.step is Step.LAPSE for rung in ladder.rungs) for kind, ladder in ladders.items()}
    assert {kind for kind, lapses in ends.items() if not lapses} == OPEN_ENDED


@pytest.mark.parametrize("service", LAPSES)
def test_a_default_belongs_to_the_service_that_opens_the_obligation(service: str) -> None:
    assert {_service(kind) for kind in LAPSES[service]} == {service}
