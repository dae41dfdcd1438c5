"""What was taken over of somebody, by the result that it names."""

from collections.abc import Mapping
from typing import Any

from services.portal.names.queries import names
from services.portal.web.visit import Visit

LONGEST = 300
"""Characters by which the feedback service names a work result: a plan's statement may be longer."""
Json = Mapping[str, Any]


def called(statement: str) -> str:
    """A result of a plan as it is named where it is taken over."""
    said = statement.strip()
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"


async def taken_of(visit: Visit, cycle_id: str, servant_id: str) -> list[Json]:
    """As far as the reader may see them: the servant, and who took over; each with the leader's name, the oldest first."""
    every = await visit.ask.every("feedback", "/take-overs", cycle_id=cycle_id)
    found = sorted((one for one in every if one["servant_id"] == servant_id), key=lambda one: str(one["at"]))
    async with visit.copies() as session:
        people = await names(session, [one["leader_id"] for one in found])
    return [one | {"leader": people.get(one["leader_id"], "")} for one in found]
