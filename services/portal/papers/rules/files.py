"""One's own file as a paper: who one is, every result, strengths and areas across cycles, and what happened, newest first."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from contracts.base import Frozen, Predicate, Rating, Words
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.parts import Paper, Person


class ResultInFile(Frozen):
    """The result of one cycle."""

    cycle: str
    period_start: date
    period_end: date
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    final: bool


class EntryInFile(Frozen):
    """Something that happened to oneself."""

    at: datetime | None
    record: Words
    cycle: str | None = None
    by: str | None = None
    state: Words | None = None


class LookedInFile(Frozen):
    """That somebody looked at one's records on a day."""

    on: date
    reader: str
    record: Words
    times: int


class FilePaper(Paper):
    """What a civil servant may always have of his or her own appraisal."""

    paper: ClassVar[PaperKind] = PaperKind.FILE
    servant: Person
    as_of: datetime | None
    """The newest entry: a file without any has no moment of its own."""
    results: tuple[ResultInFile, ...] = ()
    strengths: tuple[Words, ...] = ()
    areas: tuple[Words, ...] = ()
    improved: tuple[Words, ...] = ()
    declined: tuple[Words, ...] = ()
    entries: tuple[EntryInFile, ...] = ()
    looked: tuple[LookedInFile, ...] = ()
