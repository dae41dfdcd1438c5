"""From a plan to what its rater may point at."""

from collections.abc import Mapping
from typing import Any

from services.portal.web.visit import Visit


def places(visit: Visit, plan: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each result and indicator as a choice; the first is none of them."""
    found = [{"value": "", "text": visit.say("team.whole")}]
    for place, result in enumerate(plan["results"]):
        text = visit.say("team.place_result", n=place + 1, text=result["statement"])
        found.append({"value": f"results.{place}", "text": text})
        found += [
            {
                "value": f"results.{place}.indicators.{number}",
                "text": visit.say("team.place_indicator", n=f"{place + 1}.{number + 1}", text=one["statement"]),
            }
            for number, one in enumerate(result["indicators"])
        ]
    return found
