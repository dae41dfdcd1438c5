"""What a policy says about field visits: what the panel looks at, and what happens around the date it set."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from contracts.base import Frozen, Words
from contracts.policy.bounds import LONGEST


class ItemKind(StrEnum):
    """How an item of the checklist is answered."""

    YES_NO = "YES_NO"
    NOTE = "NOTE"
    """In words."""


class ChecklistItem(Frozen):
    """One thing that the panel looks at on every visit."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$", max_length=100)
    label: Words
    kind: ItemKind = ItemKind.YES_NO
    required: bool = True
    """A report without an answer to it is refused."""


class VisitRule(Frozen):
    """Field visits of the independent panel, where ``features.panel_visits`` says that there are any."""

    announce_days: int = Field(default=3, ge=0, le=LONGEST)
    """So many working days before the date both the unit and its panel are reminded of it; 0 for the day itself."""
    report_days: int = Field(default=2, ge=0, le=LONGEST)
    """So many working days after the date without a report the performance office is notified that it was missed."""
    checklist: tuple[ChecklistItem, ...] = ()
    """What every report answers; a report with other items is refused."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [one.code for one in self.checklist]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f"checklist: '{code}' is there twice: give each item a code of its own")
        return self
