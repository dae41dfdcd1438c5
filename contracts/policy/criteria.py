"""What a policy rates and by whom: methods, criteria, sources, bands."""

from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from contracts.base import AssessorRole, Frozen, Words
from contracts.policy.bounds import LONGEST, MOST_PEOPLE, Line, Number
from contracts.policy.levels import Descriptor, band_fault


class Method(StrEnum):
    """How a city's own (local) score comes about; the national predicate always comes from the quadrant."""

    WEIGHTED_CRITERIA = "WEIGHTED_CRITERIA"
    PERFORMANCE_STANDARD = "PERFORMANCE_STANDARD"
    COMPETENCE = "COMPETENCE"
    ACHIEVEMENT = "ACHIEVEMENT"


class Axis(StrEnum):
    """Which side of the appraisal a criterion speaks to."""

    RESULT = "RESULT"
    BEHAVIOUR = "BEHAVIOUR"
    COMPETENCE = "COMPETENCE"


class Measure(StrEnum):
    """Where the score of a criterion comes from."""

    INDICATORS = "INDICATORS"
    """Weighted mean of the achievement of the plan's indicators."""
    ASSESSMENT = "ASSESSMENT"
    """Scores given by the assessors."""
    ATTENDANCE = "ATTENDANCE"
    """Imported attendance; only with weight 0 (Binjai)."""


class Criterion(Frozen):
    """One criterion of the local score."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$", max_length=100)
    label: Words
    axis: Axis
    weight: Number = Field(ge=0, le=100)
    measure: Measure = Measure.ASSESSMENT
    parts: tuple[Line, ...] = ()
    """Codes that assessors score instead of the criterion itself; their plain mean is its score (Sawahlunto)."""
    locked: bool = False
    """Its weight may not be changed by a lower layer."""
    descriptors: dict[str, Descriptor] = Field(default_factory=dict)
    """What a level looks like, by rating (ABOVE, MEETS, BELOW), with the points that are that level."""
    source: Line = ""
    """Where it comes from: an article of law, the city's description, or a placeholder."""

    @model_validator(mode="after")
    def _covers_the_scale(self) -> Self:
        """Levels with points leave no point of the scale out, and name none twice (PLB-4)."""
        if (fault := band_fault(self.descriptors)) is not None:
            raise ValueError(f"descriptors: {fault[1].en}")
        return self


class PeerSelection(StrEnum):
    """How the colleagues who assess somebody are found."""

    DRAWN = "DRAWN"
    """By a secret of the cycle."""
    NOMINATED = "NOMINATED"
    """Named by the person and approved or replaced by the rater; the others, one at least, are drawn."""


class Source(Frozen):
    """One kind of assessor and its share of the criteria that are assessed."""

    role: AssessorRole
    share: Number = Field(gt=0, le=100)
    minimum: int = Field(default=1, ge=1, le=MOST_PEOPLE)
    """Fewer assessors than this and the whole source is dropped, its share renormalised."""
    anonymous: bool = False
    wanted: int = Field(default=1, ge=1, le=MOST_PEOPLE)
    """How many assessors of this kind are asked."""
    selection: PeerSelection = PeerSelection.DRAWN
    """How colleagues are found; who says nothing has them drawn."""
    nominate_until: int = Field(default=10, ge=0, le=LONGEST)
    """So many working days before the execution ends nobody is named any more; the rater answers until it is over."""


class BeforeOrganisation(StrEnum):
    """What becomes of an assessment that is given before the organisation's achievement is set (arts 24-25)."""

    MARK = "MARK"
    """It is taken, and the result tells that it came first."""
    REFUSE = "REFUSE"
    """It is refused until the performance office has set the achievement."""


class AssessingRule(Frozen):
    """How superiors assess: the achievement of the organisation comes first (PermenPANRB 6/2022 arts 24-25)."""

    before_organisation: BeforeOrganisation = BeforeOrganisation.MARK


class NumericMethod(Frozen):
    """The number of PP 30/2019 art. 41: plan and behaviour, weighted; which pair applies follows from who assesses."""

    plan_weight: Number = Field(default=Decimal(70), ge=0, le=100)
    """Weight of the plan where behaviour is assessed without peers and reports; behaviour has the rest of 100."""
    plan_weight_with_peers: Number = Field(default=Decimal(60), ge=0, le=100)
    """Likewise where the assessment of behaviour considers peers and direct reports."""
    ceiling: Number = Field(default=Decimal(120), ge=100)
    """No part counts more than this."""


class Band(Frozen):
    """A half-open band of the local score: ``score >= at_least`` (PP 30/2019 art. 41)."""

    name: Line
    at_least: Number
