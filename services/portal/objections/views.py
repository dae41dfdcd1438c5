"""An objection as a timeline: what happened, what comes next, and whose turn it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

Json = Mapping[str, Any]
OPEN = ("FILED", "HEARING", "DECIDABLE")
"""States in which somebody's turn it is."""


def steps(case: Json) -> list[dict[str, Any]]:
    """Each with its moment and who did it; what is still to come has the limit in the place of the moment."""
    found: list[dict[str, Any]] = [{"key": "filed", "at": case["filed_at"], "by": case["servant_id"]}]
    found += [
        {"key": "statement", "at": one["at"], "by": one["by_id"], "side": one["side"], "text": one["text"]}
        for one in case.get("statements", ())
    ]
    if case["escalated_at"]:
        found.append({"key": "escalated", "at": case["escalated_at"], "by": None})
    if case["decided_at"]:
        by = case.get("decided_by")
        found.append({"key": "decided" if case["outcome"] else "ended", "at": case["decided_at"], "by": by})
    return sorted(found, key=lambda one: datetime.fromisoformat(one["at"]))


def turn(case: Json) -> dict[str, Any] | None:
    """Whose turn it is, and until when; None once it is over."""
    if over(case):
        return None
    said = spoken(case)
    if missing := [side for side in ("RATER", "SERVANT") if side not in said]:
        people = {"RATER": case["rater_id"], "SERVANT": case["servant_id"]}
        return {"key": "statements", "who": [people[side] for side in missing], "until": case["statements_by"]}
    return {"key": "decision", "who": [case["authority_id"]], "until": case["decide_by"]}


def sides(case: Json) -> list[tuple[str, str]]:
    """Both, with who speaks for each."""
    return [("SERVANT", case["servant_id"]), ("RATER", case["rater_id"])]


def spoken(case: Json) -> dict[str, Json]:
    """What was explained, by side."""
    return {str(one["side"]): one for one in case.get("statements", ())}


def over(case: Json) -> bool:
    """Decided or withdrawn."""
    return case["state"] not in OPEN


def may_speak(case: Json, reader: str) -> bool:
    """Whether the reader is a side that has not spoken yet."""
    mine = {who: side for side, who in sides(case)}.get(reader)
    return not over(case) and mine is not None and mine not in spoken(case)
