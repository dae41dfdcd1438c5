"""What a policy says about everything around a score: feedback, findings about raters, objection, consequences."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from contracts.base import Frozen, Predicate
from contracts.policy.bounds import LONGEST, MOST_PEOPLE, Line, Number


class Direction(StrEnum):
    """From whom feedback comes: a leader, somebody led, a peer, or others concerned (PermenPANRB 6/2022 arts 17-19)."""

    DOWN = "DOWN"
    UP = "UP"
    PEER = "PEER"
    OTHER = "OTHER"


class Documentation(StrEnum):
    """How often work is documented, set by the agency (PermenPANRB 6/2022 art. 16); also how often a result is reported."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    HALF_YEARLY = "HALF_YEARLY"
    YEARLY = "YEARLY"


class FeedbackRule(Frozen):
    """Who may give feedback; how often a leader owes it is the ladder GIVE_FEEDBACK."""

    directions: tuple[Direction, ...] = (Direction.DOWN, Direction.UP, Direction.PEER)
    """From whom it is taken; a leader's own is mandatory and always taken."""


NEXT_LEVEL_POINTS: dict[str, Decimal] = {
    "AHLI_PERTAMA": Decimal(100),
    "AHLI_MUDA": Decimal(200),
    "AHLI_MADYA": Decimal(450),
    "PEMULA": Decimal(15),
    "TERAMPIL": Decimal(60),  # three grades of 20; another table of the same regulation prints 40
    "MAHIR": Decimal(100),
}


class Consequences(Frozen):
    """What is proposed after a final result; a competent official decides, never the system."""

    development_below: Number | None = None
    """A local score below this opens a development action (Plaju: target below 90)."""
    development_criterion: Line | None = None
    """Compare this criterion instead of the local score."""
    development_gap: int | None = Field(default=None, ge=1, le=4)
    """A technical competence so many levels below what the position asks for proposes training; None: none does."""
    development_predicates: tuple[Line, ...] = ("NEEDS_IMPROVEMENT", "POOR", "VERY_POOR")
    recognition_predicates: tuple[Line, ...] = ("VERY_GOOD",)
    recognition_kind: Line = "RECOGNITION"
    """What a city calls it: RECOGNITION, AWARD, GOOD_PRACTICE; a reward for innovation has a rule of its own below."""
    recognition_at_least: Number | None = None
    """A local score from here on is proposed for recognition as well."""
    promotion_predicates: tuple[Predicate, ...] = (Predicate.VERY_GOOD,)
    """A final result with one of these is a signal for promotion (art. 31: priority in the succession group)."""
    promotion_at_least: Number | None = None
    """The local score that the signal needs as well, if any."""
    promotion_results: int = Field(default=2, ge=1, le=100)
    """So many final results in a row, the newest included."""
    priority_predicates: tuple[Predicate, ...] = (Predicate.VERY_GOOD,)
    """A final result with one of these gives priority in competence development (art. 31)."""
    innovation_reward: bool = False
    """A recognised innovation is proposed for a reward of its own, whatever the predicate."""
    innovation_criterion: Line | None = None
    """Besides, this criterion must reach ``innovation_at_least``."""
    innovation_at_least: Number | None = None
    next_level_points: dict[Line, Number] = Field(default_factory=lambda: dict(NEXT_LEVEL_POINTS), max_length=20)
    """Credit points of a level of functional positions that promotion to the next one needs (Peraturan BKN 3/2023)."""


class Standouts(Frozen):
    """What stands out among a person's criteria, as strength or as area to improve; points of 0 to 120."""

    standard: Number = Field(default=Decimal(90), ge=0, le=120)
    """No criterion below it is a strength, and each is an area to improve (PP 30/2019 art. 41: "good" begins here)."""
    strong_from: Number = Field(default=Decimal(100), ge=0, le=120)
    """A criterion from here on is a strength, unless it lies far below the person's others."""
    distance: Number = Field(default=Decimal(10), gt=0, le=120)
    """So many points above the mean of the person's other criteria one that meets the standard is a strength as well;
    so many below it is an area to improve, whatever it reached."""


class Moderation(Frozen):
    """Findings that put a result, or a rater's results, before the performance office first; points of 0 to 120."""

    source_gap: Number = Field(default=Decimal(15), ge=0)
    """Points between two sources' means from which moderation is due."""
    leniency: Number = Field(default=Decimal(10), ge=0)
    """Points between a rater's mean and that of all raters: above it lenient, below it severe."""
    spread_minimum: Number = Field(default=Decimal(2), ge=0)
    """A standard deviation of a rater's scores below this tells nobody apart."""
    central_share: Number = Field(default=Decimal(80), ge=0, le=100)
    """Per cent of a rater's scores within ``central_points`` of the middle from which it is central tendency."""
    central_points: Number = Field(default=Decimal(3), ge=0)
    halo_correlation: Number = Field(default=Decimal("0.95"), ge=0, le=1)
    """Mean correlation between the criteria of a rater's assessments from which one impression colours all."""
    peer_outlier: Number = Field(default=Decimal("3.5"), gt=0)
    """A colleague's score so many scaled median absolute deviations from the median of the person's colleagues is shown."""
    peer_outlier_points: Number = Field(default=Decimal(10), gt=0)
    """So many points as well, or the smallest difference would count where the others agree."""
    minimum_rated: int = Field(default=5, ge=2, le=MOST_PEOPLE)
    """A rater who rated fewer people is not judged by statistics."""


class ObjectionRule(Frozen):
    """Limits of an objection in working days (PermenPANRB 6/2022 art. 29, L V.B)."""

    file_within: int = Field(default=14, ge=0, le=LONGEST)
    decide_within: int = Field(default=7, ge=0, le=LONGEST)
    statements_within: int = Field(default=4, ge=0, le=LONGEST)
    clarify_within: int = Field(default=5, ge=0, le=LONGEST)
