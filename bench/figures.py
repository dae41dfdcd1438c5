"""What a measurement says: a figure, its baseline of the same run, and how both stand to the budget."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from pydantic import computed_field
from rich.table import Table

from contracts.base import Frozen


class Budget(Frozen):
    """A limit on the figure itself or on its ratio to the baseline."""

    limit: float
    kind: Literal["at least", "at most"]
    of: Literal["figure", "ratio"] = "figure"

    def holds(self, figure: float, ratio: float) -> bool:
        """Whether it is kept."""
        value = ratio if self.of == "ratio" else figure
        return value >= self.limit if self.kind == "at least" else value <= self.limit


class Figure(Frozen):
    """One line of the table."""

    bench: str
    what: str
    measured: float
    unit: str
    baseline: float
    against: str
    """What the baseline does."""
    budget: Budget | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ratio(self) -> float:
        """Measured by baseline."""
        return self.measured / self.baseline if self.baseline else 0.0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> str:
        """``kept`` or ``missed``; nothing where there is no budget."""
        if self.budget is None:
            return ""
        return "kept" if self.budget.holds(self.measured, self.ratio) else "missed"


class Run(Frozen):
    """All figures of one run, and what it ran on."""

    at: datetime
    cpus: int
    load: float
    """Load average of the last minute before the run: what else the machine was doing."""
    quick: bool
    figures: tuple[Figure, ...] = ()

    @classmethod
    def begin(cls, *, quick: bool) -> "Run":
        """A run without figures yet."""
        return cls(at=datetime.now(UTC), cpus=os.cpu_count() or 1, load=os.getloadavg()[0], quick=quick)


def table(figures: Sequence[Figure]) -> Table:
    """The figures for a terminal."""
    shown = Table(title="Measured against a baseline of the same run", title_justify="left")
    for name in ("bench", "what"):
        shown.add_column(name)
    for name in ("measured", "baseline", "ratio"):
        shown.add_column(name, justify="right", no_wrap=True)
    for name in ("against", "budget", "verdict"):
        shown.add_column(name)
    for one in figures:
        colour = {"kept": "[green]kept", "missed": "[red]missed"}.get(one.verdict, "")
        amounts = (amount(one.measured, one.unit), amount(one.baseline, one.unit), f"{one.ratio:.2f}")
        shown.add_row(one.bench, one.what, *amounts, one.against, _limit(one), colour)
    return shown


def _limit(figure: Figure) -> str:
    if (budget := figure.budget) is None:
        return ""
    of = f"ratio {budget.limit:g}" if budget.of == "ratio" else amount(budget.limit, figure.unit)
    return f"{budget.kind} {of}"


def amount(value: float, unit: str) -> str:
    """With as many places as make sense at its size."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f} {unit}"
