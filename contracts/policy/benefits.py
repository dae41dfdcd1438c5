"""What a city says its appraisal is good for, and what whoever is appraised gets out of it (Plaju, Dumai, Palembang)."""

from pydantic import Field

from contracts.base import Frozen, Words


class Benefits(Frozen):
    """A page for everybody, in the city's own words; it decides nothing."""

    title: Words
    paragraphs: tuple[Words, ...] = Field(min_length=1, max_length=30)
