"""The report of a field visit as a form, with what those observed answered."""

from datetime import date, datetime
from typing import ClassVar

from contracts.base import Frozen, Words
from contracts.evaluation.visits import Stance
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.parts import Paper, Person, Proof, Signed


class CheckedOnPaper(Frozen):
    """One item of the checklist and its answer."""

    label: Words
    answer: bool | str | None


class FindingOnPaper(Frozen):
    """What was seen, how to go on, and what those observed say to it."""

    number: int
    what: str
    how: str
    evidence: tuple[Proof, ...] = ()
    stance: Stance | None = None
    reply: str | None = None
    action: str | None = None


class VisitPaper(Paper):
    """Panel, unit, checklist, findings and answers of one visit."""

    paper: ClassVar[PaperKind] = PaperKind.VISIT
    unit: str
    planned_for: date | None
    held_on: date | None
    lead: Person
    panel: tuple[Person, ...]
    people: tuple[Person, ...] = ()
    """Whom it is scored for."""
    checklist: tuple[CheckedOnPaper, ...] = ()
    findings: tuple[FindingOnPaper, ...] = ()
    respondent: Person | None = None
    response_note: str | None = None
    responded_at: datetime | None = None
    signatures: tuple[Signed, ...] = ()
