"""Policies by the name of their place, judged as the registry judges them, and the national calendar."""

from datetime import date, timedelta
from functools import cache, lru_cache

from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from kinerja.library import Library, read_file
from kit.errors import Invalid
from kit.files.errors import FileErrors


@cache
def policy(place: str) -> Policy:
    """The effective policy of a place, inheritance resolved; raises Invalid."""
    library, errors = Library(), FileErrors()
    known = {file.parent.name: file for file in library.directory.glob("*/policy.yaml")}
    if place not in known:
        raise Invalid(
            f"no policy named {place}: one of {', '.join(sorted(known))}",
            f"kebijakan {place} tidak ada",
            where="policy",
        )
    document = read_file(known[place], errors)
    found = None if document is None else library.judge(document, errors)
    if found is None:
        shown = "; ".join(f"line {one.line}: {one.wrong.en}" for one in errors.in_order())
        raise Invalid(f"the policy of {place} does not hold: {shown}", where="policy")
    return found.policy


def national_calendar(start: date, days: int) -> LegalCalendar:
    """National holidays and collective leave of the years that such a limit can touch."""
    reach = timedelta(days=abs(days) * 2 + 30)
    return _calendar((start - reach).year, (start + reach).year)


@lru_cache(maxsize=64)
def _calendar(first: int, last: int) -> LegalCalendar:
    import holidays  # noqa: PLC0415 - takes its time; only deadlines need it

    known = holidays.country_holidays("ID", years=range(first, last + 1), categories=("public", "government"))
    return LegalCalendar(holidays=frozenset(known))
