"""What a service refuses, as a page shows it: in its own words, at the field that is wrong where it names one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.errors import Busy


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that is wrong."""

    where: str
    """A path as the API has it, e.g. ``results.0.indicators.1.target``."""
    detail: str


class Refusal(Exception):
    """Problem+json of a service (RFC 9457); the words are in the reader's language already."""

    def __init__(self, status: int, title: str, detail: str, faults: tuple[Fault, ...] = (), kind: str = "") -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.problem: Mapping[str, Any] = {}
        """The whole answer, for what a page shows beside the faults."""
        self.status, self.title, self.detail, self.faults, self.kind = status, title, detail, faults, kind

    @classmethod
    def of(cls, status: int, problem: Mapping[str, Any]) -> "Refusal":
        """From the body of an answer."""
        faults = tuple(
            Fault(str(one.get("where") or one.get("field") or ""), str(one.get("detail", "")))
            for one in problem.get("errors") or ()
            if isinstance(one, Mapping)
        )
        detail = str(problem.get("detail", ""))
        if not faults and problem.get("where"):  # one place that is wrong, named beside the words
            faults = (Fault(str(problem["where"]), detail),)
        kind = str(problem.get("type", "")).rpartition("/")[2]
        refusal = cls(status, str(problem.get("title", "")), detail, faults, kind)
        refusal.problem = problem
        return refusal


def silent(service: str) -> Busy:
    """A service that does not answer."""
    return Busy(
        f"{service} does not answer: nothing was changed, try again soon",
        f"layanan {service} tidak menjawab: tidak ada yang berubah, coba lagi sebentar",
    )
