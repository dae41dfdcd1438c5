"""Policies by the name of their place, from `deploy/`, and the national calendar."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from kit.errors import Invalid

_DEPLOY = Path(__file__).parents[2] / "deploy"


@cache
def policy(place: str) -> Policy:
    """The effective policy of a place, inheritance resolved; raises Invalid."""
    files = {file.parent.name: file for file in sorted((_DEPLOY / "cities").glob("*/policy.yaml"))}
    if place not in files:
        raise Invalid(
            f"no policy named {place}: one of {', '.join(files)}", f"kebijakan {place} tidak ada", where="policy"
        )
    try:
        return Policy.model_validate(_merged(files[place]))
    except ValidationError as error:
        raise Invalid(f"the policy of {place} is not valid: {error}", where="policy") from error


def _merged(file: Path) -> dict[str, Any]:
    """What the file says, over what it inherits: mappings are merged, lists replaced whole."""
    layer = yaml.safe_load(file.read_text())
    base = layer.get("inherits")
    if base is None:
        return dict(layer)
    below = _merged(_layer_named(base))
    above = _over(below, layer)
    # The regulation is no scope; only a scope may be inherited as far as a reader of the policy is concerned.
    return above if base[0].isdigit() else above | {"inherits": None}


def _layer_named(name: str) -> Path:
    regulation = _DEPLOY / "regulations" / f"{name}.yaml"
    if regulation.exists():
        return regulation
    for file in sorted((_DEPLOY / "cities").glob("*/policy.yaml")):
        if yaml.safe_load(file.read_text()).get("scope") == name:
            return file
    raise Invalid(f"nothing to inherit from named {name}", f"{name} tidak ditemukan", where="policy")


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        merged[key] = _over(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def national_calendar(start: date, days: int) -> LegalCalendar:
    """National holidays and collective leave of the years that such a limit can touch."""
    import holidays  # noqa: PLC0415 - takes its time; only deadlines need it

    reach = timedelta(days=abs(days) * 2 + 30)
    years = range((start - reach).year, (start + reach).year + 1)
    known = holidays.country_holidays("ID", years=years, categories=("public", "government"))
    return LegalCalendar(holidays=frozenset(known))
