"""What the evaluation service emits of results, version by version: provisional, issued, received, final, superseded."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Frozen, Predicate, Rating
from contracts.evaluation.about import AppraisalEvent


class ResultProvisional(AppraisalEvent):
    """Score, ratings and predicate stand, open for clarification before they are issued."""

    rater_id: UUID
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    clarify_until: AwareDatetime
    criteria: dict[str, Decimal | None] | None = None
    indicators: dict[str, Decimal | None] | None = None
    """By id of the plan's indicators: the actual that counted, None where one is missing."""


class _ResultEvent(AppraisalEvent):
    """What every event about one version of a result carries."""

    result_id: UUID
    version: int
    rater_id: UUID
    authority_id: UUID | None
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    local_band: str | None
    criteria: dict[str, Decimal | None]
    final_without_objection: bool
    """Signed by the rater's superior for a silent rater (L V.A.8), or a head rated from the organisation (L IV.A.12)."""


class ResultIssued(_ResultEvent):
    """A version of the result was signed; version 1, or a later one after an objection or correction."""

    issued_at: AwareDatetime
    issued_by: UUID
    by_superior: bool
    reason: str | None = None
    indicators: dict[str, Decimal | None] | None = None
    """As of a provisional result."""
    objection_id: UUID | None = None
    """The objection whose decision made this version, if one did (L V.B.7)."""


class ResultDelivered(AppraisalEvent):
    """The servant has been given notice of the result."""

    result_id: UUID
    version: int
    delivered_at: AwareDatetime


class ResultReceived(_ResultEvent):
    """The servant received the result (acknowledging receipt is not agreeing); the objection window runs from here."""

    received_at: AwareDatetime
    deemed: bool
    """Not opened in time: receipt is deemed, with the note "not returned"."""
    object_until: AwareDatetime | None
    """Last instant to object; None where the result is final without objection."""


class ResultSuperseded(AppraisalEvent):
    """A later version took the place of this one; both are kept."""

    result_id: UUID
    version: int
    by_version: int
    by_result_id: UUID | None = None
    predicate: Predicate | None = None
    """What no longer counts; the new version names its own when it is issued and when it is final."""
    was_final: bool = False
    """It had been finalised, so that payroll may have used it."""
    period_start: date | None = None
    period_end: date | None = None


class ResultFinalised(_ResultEvent):
    """Nothing can change the result any more; consequences may follow."""

    finalised_at: AwareDatetime
    period_start: date | None = None
    """First day of the appraised period."""
    period_end: date | None = None
    """Last day of the appraised period."""
    months: int | None = None
    """Length of the period."""
    replaces_version: int | None = None
    """The version before, which was superseded; None for the first one."""
    replaces_result_id: UUID | None = None


class CriterionAmended(Frozen):
    """One criterion before and after a decision; None where it had no value."""

    criterion: str
    before: Decimal | None
    after: Decimal | None


class ScoresAmended(AppraisalEvent):
    """The answer to a question, or the decision on an objection, changed the score; which version says is told beside it."""

    criteria: tuple[CriterionAmended, ...]
    score_before: Decimal | None
    score: Decimal | None
    predicate_before: Predicate
    predicate: Predicate
    by_objection: bool
    panel: tuple[UUID, ...] = ()
    """The members of the panel that had assessed one of these criteria; empty where none had."""
