"""What an assessor revised after a question: both versions side by side, line by line, what is the same left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.names.queries import names
from services.portal.web.numbers import figure
from services.portal.web.visit import Visit

Json = Mapping[str, Any]
_RATINGS = ("result_rating", "behaviour_rating")


@dataclass(frozen=True, slots=True)
class Versions:
    """One person's rating before and after, with the reason of the one who rated."""

    name: str
    by: str
    at: str
    reason: str
    lines: list[tuple[str, str, str]]
    """What it is, before, after."""


async def versions_of(visit: Visit, finding: Json) -> list[Versions]:
    """Of everything that was revised under a finding, the oldest first."""
    if not finding["revised"]:
        return []
    revised = await visit.ask.every("evaluation", f"/moderations/{finding['id']}/revisions")
    cycle = await visit.ask.get("evaluation", f"/cycles/{finding['cycle_id']}")
    labels = {one["code"]: str(one["label"][visit.language]) for one in cycle["criteria"]}
    async with visit.copies() as session:
        called = await names(session, [one[key] for one in revised for key in ("servant_id", "assessor_id")])
    return [
        Versions(
            called.get(one["servant_id"], "-"),
            called.get(one["assessor_id"], "-"),
            one["revised_at"],
            one["reason"],
            [line for line in _lines(visit, one["before"], one["after"], labels) if line[1] != line[2]],
        )
        for one in revised
    ]


def _lines(visit: Visit, before: Json, after: Json, labels: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in _RATINGS:
        yield visit.say(f"results.{name}"), _rating(visit, before[name]), _rating(visit, after[name])
        why = (str(one["reasons"].get(name, "")) for one in (before, after))
        yield visit.say(f"rating.reason_{name}"), next(why), next(why)
    for code in {**before["scores"], **after["scores"]}:
        scores = (figure(visit.language, one["scores"].get(code)) for one in (before, after))
        yield labels.get(code, code.replace("_", " ")), next(scores), next(scores)
    for code in {**(before["competences"] or {}), **(after["competences"] or {})}:
        levels = (str((one["competences"] or {}).get(code, "")) for one in (before, after))
        yield visit.say("moderation.competence", code=code), next(levels), next(levels)
    yield visit.say("rating.comment"), before["comment"], after["comment"]


def _rating(visit: Visit, value: str | None) -> str:
    return visit.say(f"results.rating_{value}") if value else ""
