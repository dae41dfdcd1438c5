"""The report of a cycle's results to the competent official as a form (PermenPANRB 6/2022, L V.A.7, 11; V.B.7-8)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contracts.base import Frozen, Predicate, Words
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.parts import Paper, Person, Signed


class CountOnPaper(Frozen):
    """How many people there are of one kind."""

    name: Words
    count: int


class ChangeOnPaper(Frozen):
    """A result that the decision of an objection changed."""

    person: Person
    version: int
    predicate: Predicate
    objection_id: UUID


class UpwardPaper(Paper):
    """To whom, how many results are issued and which predicates they have, who is missing and why, what objections changed."""

    paper: ClassVar[PaperKind] = PaperKind.UPWARD
    about: str
    """The cycle, by its name."""
    recipient: str
    issued: int
    final: int
    missing: int
    predicates: tuple[CountOnPaper, ...]
    """All five, the best first."""
    missing_states: tuple[CountOnPaper, ...] = ()
    """How far the appraisals have come that have no signed result."""
    missing_reason: str | None = None
    changes: tuple[ChangeOnPaper, ...] = ()
    note: str | None = None
    reported_at: datetime
    signatures: tuple[Signed, ...] = ()
