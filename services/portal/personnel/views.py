"""Changes and moves in words: what each does, and what happens next."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.portal.web.visit import Visit
from services.portal.web.words import known

Json = dict[str, Any]
PEOPLE = ("rater_id", "acting_id", "successor_id")
"""Whom the effect of a change names."""
_ENDED = ("CANCELLED", "REFUSED")


def ids_of(changes: list[Json]) -> list[Any]:
    """Everybody whom these changes name."""
    own = [one[name] for one in changes for name in ("servant_id", "recorded_by")]
    return own + [one["effect"].get(name) for one in changes for name in PEOPLE]


def effect_of(visit: Visit, change: Json, people: Mapping[str, str], units: Mapping[UUID, str]) -> str:
    """E.g. ``Bidang A; Analis; penilai kabid_a``; empty for a change that says nothing of its own."""
    effect, said = change["effect"], []
    if status := effect.get("status"):
        said.append(_status(visit, status))
    if rank := effect.get("appointed_as"):
        said.append(visit.say(f"personnel.as_{rank}"))
    if unit := effect.get("unit_id"):
        said.append(units.get(UUID(unit), visit.say("personnel.other_unit")))
    said += [effect[name] for name in ("position", "grade") if effect.get(name)]
    if kind := effect.get("position_kind"):
        said.append(visit.say(f"personnel.kind_{kind}"))
    if effect.get("is_head"):
        said.append(visit.say("structure.is_head"))
    if nip := effect.get("nip"):
        said.append(f"NIP {nip}")
    said += [
        visit.say(f"personnel.who_{name}", name=people.get(effect[name], "?")) for name in PEOPLE if effect.get(name)
    ]
    return "; ".join(said)


def kind_of(visit: Visit, change: Json) -> str:
    """What a change is, with whether somebody acts for a vacancy or for a time."""
    if change["kind"] == "ACTING" and (acting := change["effect"].get("acting")):
        return visit.say(f"corrections.kind_{acting.lower()}")
    return visit.say(f"interventions.change_{change['kind']}")


def next_of(visit: Visit, move: Json, today: date) -> str:
    """What a move waits for, or that it is whole."""
    if move["change_state"] in _ENDED:
        return visit.say(f"personnel.next_{move['change_state']}")
    told = {"day": visit.day(move["moved_on"]), "city": move["other_city"], "nip": move["nip"]}
    if move["moved_on"] > today.isoformat():
        return visit.say(f"personnel.next_planned_{move['kind']}", **told)
    if move["kind"] == "RELEASE":
        return visit.say("personnel.next_released", **told)
    if move["former_servant_id"] is None:
        return visit.say("personnel.next_unlinked", **told)
    return visit.say("personnel.next_linked", **told | {"day": visit.day(move["released_on"])})


def waits(move: Json, today: date) -> bool:
    """Whether the day is still to come, or the other city has not let the person go."""
    if move["change_state"] in _ENDED:
        return False
    later = move["moved_on"] > today.isoformat()
    return bool(later or (move["kind"] == "ARRIVAL" and move["former_servant_id"] is None))


def _status(visit: Visit, status: str) -> str:
    for key in (f"corrections.status_{status.lower()}", f"personnel.status_{status}"):
        if known(key):
            return visit.say(key)
    return status
