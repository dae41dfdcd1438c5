"""Who owes what, by when: the kinds of obligation, their ladders, and the events that every owning service emits.

docs/obligations.md says of each kind who owes it, about what, and what happens when nobody does it.
The same events are emitted by plans, evaluation and feedback; each of their contracts binds them to its own topic. Who owes
what about whom stays inside: it would tell which colleagues assess a person anonymously (docs/domain.md 6.6; decision 11).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from pydantic import AwareDatetime, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from contracts.base import Event, Frozen, Phase
from contracts.calendar import DayKind


class ObligationKind(StrEnum):
    """Every kind of obligation; each city's policy may give each its own ladder."""

    HOLD_SESSION = "HOLD_SESSION"
    ACKNOWLEDGE_STANDARD = "ACKNOWLEDGE_STANDARD"
    PROPOSE_PLAN = "PROPOSE_PLAN"
    ANSWER_PLAN = "ANSWER_PLAN"
    CONFIRM_PLAN = "CONFIRM_PLAN"
    REPORT_ACTUALS = "REPORT_ACTUALS"
    VERIFY_INITIATIVE = "VERIFY_INITIATIVE"
    GIVE_FEEDBACK = "GIVE_FEEDBACK"
    ANSWER_IDEA = "ANSWER_IDEA"
    VISIT_UNIT = "VISIT_UNIT"
    SET_ORG_PERFORMANCE = "SET_ORG_PERFORMANCE"
    EVALUATE_PERIOD = "EVALUATE_PERIOD"
    ASSESS = "ASSESS"
    ASSESS_PEER = "ASSESS_PEER"
    ASSESS_PANEL = "ASSESS_PANEL"
    MODERATE = "MODERATE"
    ANSWER_MODERATION = "ANSWER_MODERATION"
    ANSWER_CLARIFICATION = "ANSWER_CLARIFICATION"
    ISSUE_RESULT = "ISSUE_RESULT"
    ACKNOWLEDGE_RESULT = "ACKNOWLEDGE_RESULT"
    GIVE_STATEMENT = "GIVE_STATEMENT"
    DECIDE_OBJECTION = "DECIDE_OBJECTION"
    PLAN_DEVELOPMENT = "PLAN_DEVELOPMENT"
    COMPLETE_DEVELOPMENT = "COMPLETE_DEVELOPMENT"
    REPORT_UPWARD = "REPORT_UPWARD"
    RESPOND_TO_VISIT = "RESPOND_TO_VISIT"
    REVIEW_IMPROVEMENT = "REVIEW_IMPROVEMENT"
    DECIDE_IMPROVEMENT = "DECIDE_IMPROVEMENT"
    ANSWER_SUPPORT = "ANSWER_SUPPORT"
    GIVE_COACHING = "GIVE_COACHING"
    REVIEW_SYSTEM = "REVIEW_SYSTEM"

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Documents leave the list open: whoever reads events must pass over a kind that comes later, not break."""
        schema = handler(core)
        named = handler.resolve_ref_schema(schema)
        del named["enum"]
        named["maxLength"] = 100
        named["description"] = "A kind of obligation, as docs/policy.schema.json lists them; more may come."
        return schema


OUTLIVING = frozenset(
    {
        ObligationKind.COMPLETE_DEVELOPMENT,
        ObligationKind.REVIEW_IMPROVEMENT,
        ObligationKind.DECIDE_IMPROVEMENT,
        ObligationKind.ANSWER_SUPPORT,
        ObligationKind.GIVE_COACHING,
    }
)
"""Obligations between people that may end after their cycle; nothing of the appraisal hangs on them."""
UNNAMED = frozenset({ObligationKind.ASSESS_PEER})
"""Kinds of which nobody but the debtor learns who owes them: a colleague assesses anonymously (docs/security.md).

Whatever shows obligations, counts them by person or notifies others of them leaves these out; none is handed over.
"""


class Step(StrEnum):
    """What one rung of a ladder does when its instant comes."""

    REMIND = "REMIND"
    """Notify the debtor."""
    ESCALATE = "ESCALATE"
    """Notify the debtor's superior."""
    HAND_OVER = "HAND_OVER"
    """The superior now owes it, and may do it."""
    OFFICE = "OFFICE"
    """Notify the performance office."""
    LAPSE = "LAPSE"
    """Close it by the default action that the policy or the regulation names."""


class Rung(Frozen):
    """One step of a ladder, so many days before (negative) or after the due date."""

    days: int = Field(ge=-3_650, le=3_650)
    step: Step
    kind: DayKind = DayKind.WORKING


class Ladder(Frozen):
    """How long an obligation may take and what happens around its due date; policy data."""

    due_days: int = Field(ge=0, le=3_650)
    """Days from opening to due, unless the phase or the regulation sets the date."""
    due_kind: DayKind = DayKind.WORKING
    rungs: tuple[Rung, ...] = ()


class Obligation(Frozen):
    """One obligation as others may know it."""

    id: UUID
    kind: ObligationKind
    subject_id: UUID
    """What it is about: a plan, an appraisal, an objection, a session ..."""
    about_id: UUID | None = None
    """The civil servant whose appraisal it belongs to, if it is one person's."""
    debtor_id: UUID
    superior_id: UUID | None = None
    office_id: UUID | None = None
    due_at: AwareDatetime
    opened_at: AwareDatetime
    next_at: AwareDatetime | None = None
    """When its ladder moves next."""


PARTS = 32
"""Of a cycle's obligations. By cycle alone a city would lie in one partition; by obligation a phase that opens would be as
many events as it has obligations. So many lie evenly enough over the few partitions that a topic has."""


def part_of(obligation_id: UUID) -> int:
    """In which part of its cycle's obligations one lies, from its opening to its end: whoever owes it may change."""
    return obligation_id.int % PARTS  # the last bits of a UUIDv7 are random


class _Numbered(Protocol):
    @property
    def id(self) -> UUID: ...


class _ObligationsEvent(Event):
    """Obligations of one cycle and one phase."""

    abstract: ClassVar[bool] = True
    internal: ClassVar[bool] = True
    cycle_id: UUID
    phase: Phase

    @property
    def key(self) -> str:
        return str(self.cycle_id)

    @property
    def subject(self) -> str:
        return str(self.cycle_id)


def _key(cycle_id: UUID, items: Sequence[_Numbered]) -> str:
    """Opening and end of one obligation keep their order, and a city's load spreads; raises ValueError for several parts."""
    parts = {part_of(item.id) for item in items}
    if len(parts) != 1:
        raise ValueError(f"obligations of {len(parts)} parts in one event: cut them with obligations.parts.in_parts")
    return f"{cycle_id}/{parts.pop()}"


class ObligationsOpened(_ObligationsEvent):
    """Obligations of one part came into being; at most a few hundred in one event."""

    items: list[Obligation]

    @property
    def key(self) -> str:
        return _key(self.cycle_id, self.items)


class ClosedObligation(Frozen):
    """How one obligation ended."""

    id: UUID
    kind: ObligationKind
    debtor_id: UUID
    late: bool
    lapsed: bool = False
    cancelled: bool = False


class ObligationsClosed(_ObligationsEvent):
    """Obligations of one part were done, lapsed or cancelled."""

    items: list[ClosedObligation]

    @property
    def key(self) -> str:
        return _key(self.cycle_id, self.items)


class SteppedObligation(Frozen):
    """One obligation whose ladder moved by one rung."""

    id: UUID
    kind: ObligationKind
    step: Step
    debtor_id: UUID
    """Who owes it after the step (the superior after a hand-over)."""
    told_id: UUID
    """Whom the step concerns: debtor, superior or performance office."""
    former_id: UUID | None = None
    """Who owed it before a hand-over."""
    about_id: UUID | None = None
    due_at: AwareDatetime
    rung: int
    next_at: AwareDatetime | None = None


class ObligationsStepped(_ObligationsEvent):
    """Ladders moved: reminders, escalations, hand-overs.

    By cycle and in hundreds, as what moved: a superior reads one notice of all that is late, and days and debtors of one
    obligation change in one order.
    """

    items: list[SteppedObligation]


class MoveCause(StrEnum):
    """Why obligations were moved to another day or another person."""

    EXTENSION = "EXTENSION"
    """The performance office gave more time, with a reason."""
    OUTAGE = "OUTAGE"
    """The system was down when they were due."""
    PAUSE = "PAUSE"
    """The cycle stood still for a time."""
    PERSONNEL = "PERSONNEL"
    """Somebody was transferred, corrected, stood in for or has left."""


class MovedObligation(Frozen):
    """One obligation that is now due on another day, or owed by somebody else."""

    id: UUID
    kind: ObligationKind
    about_id: UUID | None = None
    debtor_id: UUID
    """Who owes it now."""
    former_id: UUID | None = None
    """Who owed it before, if that is somebody else."""
    due_at: AwareDatetime
    was_due_at: AwareDatetime
    next_at: AwareDatetime | None = None


class ObligationsMoved(_ObligationsEvent):
    """Obligations were moved by a recorded decision or fact; what was frozen once moves in no other way."""

    cause: MoveCause
    cause_id: UUID
    """The extension, the outage or the change of personnel."""
    reason: str
    items: list[MovedObligation]


class PhaseCleared(Event):
    """Nobody owes this service anything more in this phase of this cycle."""

    cycle_id: UUID
    phase: Phase

    @property
    def key(self) -> str:
        return str(self.cycle_id)


class ObligationEvents(NamedTuple):
    """The obligation events of one service."""

    opened: type[ObligationsOpened]
    closed: type[ObligationsClosed]
    stepped: type[ObligationsStepped]
    cleared: type[PhaseCleared]
    moved: type[ObligationsMoved]
