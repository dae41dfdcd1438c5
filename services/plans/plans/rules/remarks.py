"""Remarks by row: where in a plan something is lacking, so that its writer need not guess (PermenPANRB 6/2022, L II.C.4)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Frozen
from contracts.plans.plans import Remark
from kit.errors import Invalid, fault
from services.plans.plans.rules.agreements import Annex
from services.plans.plans.rules.content import Content, Indicator, WorkResult
from services.plans.plans.rules.texts import Text

MOST_REMARKS = 100

_Place = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z0-9_]+)*$", max_length=120)]


class WrittenRemark(Frozen):
    """What one place lacks."""

    where: _Place
    text: Text


def place(written: Sequence[WrittenRemark], content: Content) -> list[Remark]:
    """The remarks with the part that each is about; raises Invalid for a place that the plan has not."""
    places = dict(_places(content))
    if strange := [(number, one) for number, one in enumerate(written) if one.where not in places]:
        errors = [
            fault(
                f"remarks.{number}.where",
                f"this plan has no {one.where}: name a place as results.0.indicators.0.target_lo",
                f"rencana ini tidak memuat {one.where}: sebutkan tempat seperti results.0.indicators.0.target_lo",
            )
            for number, one in strange
        ]
        raise Invalid(
            "a remark is about a place that the plan has not",
            "catatan menunjuk bagian yang tidak ada dalam rencana",
            errors=errors,
        )
    return [Remark(where=one.where, text=one.text, part_id=places[one.where]) for one in written]


def _places(content: Content) -> Iterator[tuple[str, UUID | None]]:
    """Every place that a remark may name, whether something stands there or is missing, with the part's id."""
    yield "results", None
    for name in Annex.model_fields:
        yield name, None
        yield from ((f"{name}.{number}", None) for number in range(len(getattr(content, name))))
    for number, result in enumerate(content.results):
        yield from _fields(f"results.{number}", WorkResult.model_fields, result.id)
        for row, indicator in enumerate(result.indicators):
            yield from _fields(f"results.{number}.indicators.{row}", Indicator.model_fields, indicator.id)


def _fields(start: str, fields: Mapping[str, object], part_id: UUID | None) -> Iterator[tuple[str, UUID | None]]:
    yield start, part_id
    yield from ((f"{start}.{name}", part_id) for name in fields if name != "id")
