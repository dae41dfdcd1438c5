"""Evaluations as forms: of a period or the cycle (form B), and the document of the result (forms D.1.1, D.1.2, D.1.3)."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from contracts.base import Frozen, OrgPerformance, Predicate, Rating, Words
from contracts.feedback.objections import ObjectionOutcome
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.parts import Paper, Person, Proof, Signed
from services.portal.papers.rules.plans import BehaviourOnPaper, ResultOnPaper


class EvaluationPaper(Paper):
    """What was reached beside what was expected, the feedback on it, both ratings and the predicate (form B)."""

    paper: ClassVar[PaperKind] = PaperKind.EVALUATION
    servant: Person
    rater: Person | None
    period: int | None
    """Which period of the cycle; None: the whole of it."""
    starts_on: date
    ends_on: date
    organisation: OrgPerformance | None = None
    results: tuple[ResultOnPaper, ...]
    results_feedback: tuple[str, ...] = ()
    behaviours: tuple[BehaviourOnPaper, ...]
    behaviour_feedback: tuple[str, ...] = ()
    result_rating: Rating | None
    behaviour_rating: Rating | None
    predicate: Predicate | None
    as_before: bool = False
    """Taken over from the period before, as agreed with somebody who moved."""
    note: str | None = None
    signatures: tuple[Signed, ...] = ()


class OutcomeOnPaper(Frozen):
    """One version of a result."""

    version: int
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None = None


class ObjectionOnPaper(Frozen):
    """What D.1.3 has beyond the document of a result (L V.B.7-8)."""

    filed_at: datetime
    grounds: str
    items: tuple[str, ...] = ()
    explained: str | None
    """By the rater; None where the rater said nothing in the time for it."""
    explained_at: datetime | None = None
    outcome: ObjectionOutcome
    reason: str
    decided_at: datetime | None = None


class ResultPaper(Paper):
    """Dokumen evaluasi kinerja pegawai: who by whom, predicate, and notes with recommendations."""

    servant: Person
    rater: Person
    authority: Person | None
    by_superior: bool = False
    """The rater's superior evaluated in the rater's place: final without objection (L V.A.8)."""
    organisation: OrgPerformance | None = None
    outcome: OutcomeOnPaper
    former: OutcomeOnPaper | None = None
    """The version that an objection was about."""
    strengths: tuple[Words, ...] = ()
    areas: tuple[Words, ...] = ()
    note: str | None = None
    taken_over: tuple[str, ...] = ()
    """Results that a leader took over, with the note that counts here (art. 20)."""
    issued_at: datetime
    received_at: datetime | None = None
    deemed: bool = False
    """Counted as received, because nobody opened it in time."""
    receipt_note: str | None = None
    final_at: datetime | None = None
    objection: ObjectionOnPaper | None = None
    signatures: tuple[Signed, ...] = ()

    @property
    def kind(self) -> PaperKind:
        """By the rater, by the superior in the rater's place, or after an objection."""
        if self.objection is not None:
            return PaperKind.RESULT_AFTER_OBJECTION
        return PaperKind.RESULT_BY_SUPERIOR if self.by_superior else PaperKind.RESULT


class StatementOnPaper(Frozen):
    """What one side explained, if it did."""

    text: str | None
    at: datetime | None = None


class DecidedOnPaper(Frozen):
    """What was decided about one contested item."""

    item: str
    amended: bool
    reason: str


class SetAnew(Frozen):
    """A score or an actual that the decision set."""

    about: Words
    value: Decimal


class ObjectionPaper(Paper):
    """The decision of an objection: grounds, what both sides explained, what was decided, and what it made."""

    paper: ClassVar[PaperKind] = PaperKind.OBJECTION
    servant: Person
    rater: Person
    authority: Person
    contested: OutcomeOnPaper
    changed: OutcomeOnPaper | None = None
    filed_at: datetime
    grounds: str
    items: tuple[str, ...] = ()
    evidence: tuple[Proof, ...] = ()
    by_servant: StatementOnPaper
    by_rater: StatementOnPaper
    outcome: ObjectionOutcome
    reason: str
    decided: tuple[DecidedOnPaper, ...] = ()
    scores: tuple[SetAnew, ...] = ()
    decided_at: datetime | None
    signatures: tuple[Signed, ...] = ()
