"""Policies by the name of their place, judged as the registry judges them, and the national calendar."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from kit.errors import Invalid
from services.registry.files.documents import Document, read_document
from services.registry.files.mistakes import Mistakes
from services.registry.files.regulations import regulation
from services.registry.rules.policies import SCOPE, inherits_of, judge_policy, scope_of

CITIES = Path(__file__).parents[2] / "deploy" / "cities"


@cache
def policy(place: str) -> Policy:
    """The effective policy of a place, inheritance resolved; raises Invalid."""
    known = {file.parent.name for file in CITIES.glob("*/policy.yaml")}
    if place not in known:
        raise Invalid(
            f"no policy named {place}: one of {', '.join(sorted(known))}",
            f"kebijakan {place} tidak ada",
            where="policy",
        )
    mistakes = Mistakes()
    document = _document(place, mistakes)
    found = None if document is None else judge_policy(document, _below(document), mistakes)
    if found is None:
        told = "; ".join(f"line {one.line}: {one.wrong.en}" for one in mistakes.found)
        raise Invalid(f"the policy of {place} does not hold: {told}", where="policy")
    return found.policy


def _document(place: str, mistakes: Mistakes) -> Document | None:
    file = CITIES / place / "policy.yaml"
    return read_document(f"{place}/{file.name}", file.read_bytes(), mistakes)


def _below(document: Document) -> Mapping[str, object] | None:
    """The layer that a document inherits: another place's policy, or a regulation."""
    name = inherits_of(document.data)
    if name is None:
        return {}
    if not SCOPE.fullmatch(name):
        return regulation(name)
    for file in CITIES.glob("*/policy.yaml"):
        other = _document(file.parent.name, Mistakes())
        if other is not None and scope_of(other) == name:
            return policy(file.parent.name).model_dump(mode="json")
    return None


def national_calendar(start: date, days: int) -> LegalCalendar:
    """National holidays and collective leave of the years that such a limit can touch."""
    import holidays  # noqa: PLC0415 - takes its time; only deadlines need it

    reach = timedelta(days=abs(days) * 2 + 30)
    years = range((start - reach).year, (start + reach).year + 1)
    known = holidays.country_holidays("ID", years=years, categories=("public", "government"))
    return LegalCalendar(holidays=frozenset(known))
