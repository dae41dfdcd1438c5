"""The plan as a form (sasaran kinerja pegawai, SKP): results, behaviour, and the annex of art. 7-13."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from contracts.base import Frozen
from contracts.feedback.support import SupportKind
from contracts.plans.plans import Direction
from contracts.policy.follow_up import Documentation
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.parts import Paper, Person, Proof, Signed


class ResultKind(StrEnum):
    """Of what kind a work result is, in the order in which the form has them."""

    PRIMARY = "PRIMARY"
    ADDITIONAL = "ADDITIONAL"
    ACADEMIC = "ACADEMIC"


class Aspect(StrEnum):
    """Which side of a result an indicator measures."""

    QUANTITY = "QUANTITY"
    QUALITY = "QUALITY"
    TIME = "TIME"
    COST = "COST"


class IndicatorOnPaper(Frozen):
    """By what a result is measured; with its actual where the form is about what was reached."""

    aspect: Aspect
    statement: str
    unit: str = ""
    direction: Direction
    target_lo: Decimal
    target_hi: Decimal
    actual: Decimal | None = None
    reason: str | None = None
    """Why there is no actual."""
    evidence: tuple[Proof, ...] = ()


class ResultOnPaper(Frozen):
    """One work result (rencana hasil kerja)."""

    kind: ResultKind
    superior: str | None = None
    """The leader's result, or the city's goal, that it serves."""
    statement: str
    report_every: Documentation | None = None
    evidence: str = ""
    """What is expected as proof."""
    indicators: tuple[IndicatorOnPaper, ...]


class BehaviourOnPaper(Frozen):
    """One of the seven values, with its three guides and what the leader expects beyond."""

    name: str
    guides: tuple[str, ...]
    expectation: str | None = None


class ResourceOnPaper(Frozen):
    """What the leader provides."""

    kind: SupportKind
    need: str


class PlanPaper(Paper):
    """SKP with its annex; a plan that is not set yet says that it is a draft."""

    paper: ClassVar[PaperKind] = PaperKind.PLAN
    servant: Person
    rater: Person | None
    leads: bool = False
    """Of a high leader or the head of a unit: its results stand without those of a leader above."""
    version: int
    set_at: datetime | None
    results: tuple[ResultOnPaper, ...]
    behaviours: tuple[BehaviourOnPaper, ...]
    resources: tuple[ResourceOnPaper, ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    signatures: tuple[Signed, ...] = ()
