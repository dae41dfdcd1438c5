"""What somebody points to as proof of what was done: where it lies, never the file itself."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Frozen
from contracts.written import Day


class EvidenceKind(StrEnum):
    """What is pointed to; the community's response is the first three (PLB-6)."""

    SURVEY = "SURVEY"
    COMPLAINTS = "COMPLAINTS"
    LETTERS = "LETTERS"
    DOCUMENT = "DOCUMENT"
    PHOTO = "PHOTO"
    LINK = "LINK"


COUNTED = frozenset({EvidenceKind.SURVEY, EvidenceKind.COMPLAINTS, EvidenceKind.LETTERS})
"""What the community answered says how many answered."""


class Evidence(Frozen):
    """One proof, by its address or the number under which the agency files it."""

    kind: EvidenceKind
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    """An address, or the number of a document: where whoever doubts can look."""
    count: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    """How many answered the survey, complained or wrote; asked for with these, and refused with all others."""
    on: Day | None = None
    """The day that it is from."""

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if (self.kind in COUNTED) != (self.count is not None):
            raise ValueError(
                f"count says how many answered: with {', '.join(sorted(COUNTED))} only, and always with them"
            )
        return self


Evidences = Annotated[list[Evidence], Field(max_length=30)]
"""As much as one report, visit, question or objection may point to."""
