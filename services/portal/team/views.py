"""From a plan to what its rater may point at."""

from collections.abc import Mapping
from typing import Any

from services.portal.web.visit import Visit


def places(visit: Visit, plan: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each result and indicator, with the field of the form in which a remark about it is written."""
    found: list[dict[str, str]] = []
    for place, result in enumerate(plan["results"]):
        where = f"results.{place}"
        found.append(_place(where, visit.say("team.place_result", n=place + 1, text=result["statement"])))
        for number, one in enumerate(result["indicators"]):
            text = visit.say("team.place_indicator", n=f"{place + 1}.{number + 1}", text=one["statement"])
            found.append(_place(f"{where}.indicators.{number}", text))
    return found


def _place(where: str, text: str) -> dict[str, str]:
    return {"where": where, "field": f"remark-{where.replace('.', '-')}", "text": text}
