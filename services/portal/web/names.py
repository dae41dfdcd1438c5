"""What pages call the values of the contracts: predicates, phases, states."""

from collections.abc import Mapping
from typing import Any

from contracts.base import Phase, Predicate
from contracts.phase_names import PHASE_NAMES
from services.portal.web.words import known, say


def phase(language: str, value: str | None) -> str:
    """``penilaian`` / ``evaluation``; empty where no phase is open."""
    return PHASE_NAMES[Phase(value)][0 if language == "id" else 1] if value else ""


def named(language: str, group: str, value: str) -> str:
    """A value of a contract in words, ``web.<group>_<value>``; one that came later is shown as it is."""
    key = f"web.{group}_{value.lower()}"
    return say(language, key) if known(key) else value


def predicates(language: str, counts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Counts by predicate, the best first, as :file:`bars.html` wants them; None is hidden."""
    return [{"name": named(language, "predicate", one.value), "value": counts.get(one.value)} for one in Predicate]
