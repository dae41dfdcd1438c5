"""What a plan agrees on beside its targets: behaviour, resources, accountability, consequences (PermenPANRB 6/2022 arts 7-13)."""

from collections.abc import Iterator
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Frozen
from contracts.feedback.support import SupportKind
from services.plans.plans.rules.berakhlak import Value
from services.plans.plans.rules.texts import LONGEST_TEXT

MOST = 30


class Expectation(Frozen):
    """What the leader expects of a value beyond its guides (ekspektasi khusus pimpinan)."""

    value: Value
    expectation: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Resource(Frozen):
    """Something that the results need: people, budget, equipment, mentoring or facilities."""

    kind: SupportKind
    need: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Annex(Frozen):
    """The agreements of a plan; all seven values are expected of everybody, whether named here or not."""

    expectations: tuple[Expectation, ...] = Field(default=(), max_length=len(Value))
    resources: tuple[Resource, ...] = Field(default=(), max_length=MOST)
    positive_consequences: tuple[Annotated[str, StringConstraints(max_length=4000)], ...] = Field(
        default=(), max_length=MOST
    )
    """What follows when the expectation is met."""
    negative_consequences: tuple[Annotated[str, StringConstraints(max_length=4000)], ...] = Field(
        default=(), max_length=MOST
    )
    practices: tuple[UUID, ...] = Field(default=(), max_length=MOST)
    """Good practices of others that the plan takes over (DMI-2)."""

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        """One special expectation a value; consequences that say something."""
        values = [one.value for one in self.expectations]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ValueError(f"{twice[0]} has two special expectations: write them as one")
        if not all(text.strip() for text in (*self.positive_consequences, *self.negative_consequences)):
            raise ValueError("a consequence is empty: say what follows, or leave it out")
        if len(set(self.practices)) < len(self.practices):
            raise ValueError("a practice is taken over twice: name it once")
        return self

    def missing(self) -> Iterator[tuple[str, str, str]]:
        """Where, in English and in Indonesian, nothing has been agreed on yet."""
        if not self.resources:
            yield "resources", "say which resources the results need", "tulis dukungan sumber daya yang diperlukan"
        if not self.positive_consequences:
            yield (
                "positive_consequences",
                "say what follows when the expectation is met",
                "tulis konsekuensi bila ekspektasi terpenuhi",
            )
        if not self.negative_consequences:
            yield (
                "negative_consequences",
                "say what follows when it is not met",
                "tulis konsekuensi bila ekspektasi tidak terpenuhi",
            )
