"""What is counted at the end from what people read: decisions, conflicts, the library, ideas, the pulse, the public report."""

from typing import Any
from uuid import UUID

from kinerja.demo.crowd import Crowd
from kinerja.demo.http import Apis


async def listed(apis: Apis, crowd: Crowd, cycle_id: UUID, token: str) -> dict[str, int]:
    """Numbers of one place's cycle by the name of what was counted; ``token`` is the office's."""
    practices = await apis.pages("evaluation", "/practices", token=token, state="PUBLISHED")
    mine = [one for one in practices if one["cycle_id"] == str(cycle_id)]
    return {
        "decided_by_authority": await _decided_by_authority(apis, crowd, cycle_id, token),
        "panel_conflicts": len(await apis.pages("evaluation", "/panel-conflicts", token=token)),
        "practices_elsewhere": sum(one["uses"]["units"] for one in mine),
        "ideas_seen": await _ideas_seen(apis, crowd, cycle_id, token),
        "pulse_answers": await _pulse_answers(apis, cycle_id, token),
        "in_public": await _in_public(apis, crowd, cycle_id, token),
    }


async def _in_public(apis: Apis, crowd: Crowd, cycle_id: UUID, token: str) -> int:
    """People in the public report of the cycle; it has one once it is closed."""
    shown = await apis.pages("evaluation", f"/public/{crowd.office.city}/reports", token=token)
    return sum(one["people"] or 0 for one in shown if one["cycle_id"] == str(cycle_id))


async def _decided_by_authority(apis: Apis, crowd: Crowd, cycle_id: UUID, token: str) -> int:
    if crowd.extras.authority is None:
        return 0
    of = {"token": token, "cycle_id": str(cycle_id)}
    rows = await apis.pages("evaluation", "/proposals", **of)
    rows += await apis.pages("feedback", "/recognitions", **of)
    return sum(one["decided_by"] == str(crowd.extras.authority.id) for one in rows)


async def _ideas_seen(apis: Apis, crowd: Crowd, cycle_id: UUID, token: str) -> int:
    """Ideas with an answer that a colleague of the author reads, in every unit that has some."""
    rates = await apis.pages("feedback", f"/cycles/{cycle_id}/idea-rates", token=token)
    seen = 0
    for unit in (UUID(rate["unit_id"]) for rate in rates if rate["answered"]):
        reader = next((one for one in crowd.people.values() if one.unit_id == unit and not one.has_idea), None)
        if reader is not None:
            own = apis.token(reader.id, reader.city, reader.roles)
            ideas = await apis.pages("feedback", f"/cycles/{cycle_id}/ideas", token=own)
            seen += sum(idea["answer"] is not None for idea in ideas)
    return seen


async def _pulse_answers(apis: Apis, cycle_id: UUID, token: str) -> int:
    """Answers of the whole city; nothing where it takes no pulse or too few answered."""
    pulse: dict[str, Any] = await apis.call("GET", "feedback", f"/cycles/{cycle_id}/pulse", token=token)
    return sum(group["people"] for group in pulse["groups"] if group["unit_id"] is None)
