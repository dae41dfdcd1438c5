"""What colleagues gave stays theirs: below the minimum nothing at all is shown, above it count and sum alone."""

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from contracts.base import AssessorRole
from kinerja.commands.places import policy
from scoring.explanation import explain
from scoring.formula import assessed, scored_codes
from scoring.inputs import AssessorScores, ScoreInputs
from scoring.local_score import LocalScore, score
from scoring.names import Names
from scoring.trace import Code

SAWAHLUNTO = policy("sawahlunto")
CODES = sorted(scored_codes(assessed(SAWAHLUNTO)))
numbers = st.decimals(min_value=0, max_value=120, places=2)
sheets = st.fixed_dictionaries(dict.fromkeys(CODES, numbers))


def _made(superior: dict[str, Decimal], *peers: dict[str, Decimal]) -> LocalScore:
    given_by = [AssessorScores(source=AssessorRole.SUPERIOR, scores=superior)]
    given_by += [AssessorScores(source=AssessorRole.PEER, scores=peer) for peer in peers]
    return score(SAWAHLUNTO, ScoreInputs(assessments=tuple(given_by)))


def _published(made: LocalScore) -> tuple[object, ...]:
    sentences = explain(made.trace, Names(SAWAHLUNTO))
    return made.trace, made.criteria, made.dropped, made.incomplete, made.gap, made.moderation, sentences


@given(sheets, st.lists(st.tuples(sheets, sheets), min_size=1, max_size=2))
def test_below_the_minimum_nothing_that_is_shown_depends_on_what_peers_gave(
    superior: dict[str, Decimal], pairs: list[tuple[dict[str, Decimal], dict[str, Decimal]]]
) -> None:
    """Domain.md 6.6: peers are not identifiable below the minimum."""
    one, other = (_made(superior, *(pair[side] for pair in pairs)) for side in (0, 1))
    assert _published(one) == _published(other)
    assert [lost.role for lost in one.dropped] == [AssessorRole.PEER]


@given(sheets, st.lists(sheets, min_size=3, max_size=6), st.randoms(use_true_random=False))
def test_from_the_minimum_on_nothing_says_which_peer_gave_what(
    superior: dict[str, Decimal], peers: list[dict[str, Decimal]], random: Random
) -> None:
    """Domain.md 6.6."""
    columns = {code: random.sample([peer[code] for peer in peers], len(peers)) for code in CODES}
    mixed = [{code: columns[code][number] for code in CODES} for number in range(len(peers))]
    assert _published(_made(superior, *peers)) == _published(_made(superior, *mixed))


@given(sheets, st.lists(sheets, min_size=3, max_size=5), st.sampled_from(CODES), st.integers(1, 2), numbers)
def test_a_criterion_that_fewer_peers_scored_than_the_minimum_shows_nothing_of_theirs(
    superior: dict[str, Decimal], peers: list[dict[str, Decimal]], code: str, left: int, other: Decimal
) -> None:
    partly = [peer if number < left else _without(peer, code) for number, peer in enumerate(peers)]
    changed = [peer | {code: other} if code in peer else peer for peer in partly]
    one, again = _made(superior, *partly), _made(superior, *changed)
    criterion = next(part for part in assessed(SAWAHLUNTO) if code in (part.parts or (part.code,)))
    subject = f"{criterion.code}/PEER"
    assert _published(one) == _published(again)
    assert (Code.SOURCE_DROPPED, subject) in {(step.code, step.subject) for step in one.trace}


def _without(sheet: dict[str, Decimal], code: str) -> dict[str, Decimal]:
    return {name: number for name, number in sheet.items() if name != code}
