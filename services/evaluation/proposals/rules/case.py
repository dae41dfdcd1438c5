"""A final result as the rules of consequences see it, and what they suggest."""

from decimal import Decimal

from contracts.base import Frozen, Predicate, Rating
from contracts.evaluation.proposals import ProposalKind
from contracts.policy import Words
from scoring.names import known_names
from services.evaluation.competences.rules import CompetenceGap
from services.evaluation.credits.rules.parts import LevelMonths


class Earlier(Frozen):
    """A final result of an earlier cycle."""

    predicate: Predicate
    local_score: Decimal | None = None


class Case(Frozen):
    """A final result, and what was known of the person when it became final."""

    version: int
    predicate: Predicate
    result_rating: Rating
    behaviour_rating: Rating
    local_score: Decimal | None = None
    criteria: dict[str, Decimal | None]
    months: int
    position_kind: str = ""
    """JPT_*, ADMINISTRATOR, PENGAWAS, PELAKSANA, or the level of a functional position."""
    employment_type: str = ""
    innovation_recognised: bool = False
    competences: tuple[CompetenceGap, ...] = ()
    """Of the post: required level, assessed level and gap."""
    earlier: tuple[Earlier, ...] = ()
    """Newest first."""
    levels: tuple[LevelMonths, ...] = ()
    """Of functional positions that were held in the period, with the months that count for each."""


class Proposed(Frozen):
    """One suggestion with its reason and the snapshot that it was made from."""

    kind: ProposalKind
    basis: Words
    details: dict[str, str]


def grade(predicate: Predicate) -> Words:
    """What a predicate is called."""
    return known_names()[predicate.value]
