"""From a plan to what its page shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.plan.content import HUNDRED, weight_left

Json = Mapping[str, Any]


def parts(plan: Json) -> list[dict[str, Any]]:
    """The four parts of a plan as a list of tasks: whether each says something yet."""
    consequences = plan["positive_consequences"] or plan["negative_consequences"]
    done = {
        "results": bool(plan["results"]) and weight_left(plan) == 0,
        "behaviour": bool(plan["expectations"]),
        "resources": bool(plan["resources"]),
        "consequences": bool(consequences),
    }
    paths = {"results": "#hasil", "behaviour": "perilaku", "resources": "dukungan", "consequences": "konsekuensi"}
    base = f"/rencana/{plan['id']}"
    return [
        {"key": key, "done": done[key], "path": path if path.startswith("#") else f"{base}/{path}"}
        for key, path in paths.items()
    ]


def hints(plan: Json, language: str) -> list[dict[str, Any]]:
    """What should be looked at again, each with the page where that is done."""
    return [
        {
            "text": one["id"] if language == "id" else one["en"],
            "blocks": one["blocks"],
            "path": mended_at(plan, one["where"]),
        }
        for one in plan["hints"]
    ]


def mended_at(plan: Json, where: str) -> str:
    """The page for a place such as ``results.0.indicators.1.target_lo``."""
    base, parts = f"/rencana/{plan['id']}", where.removeprefix("body.").split(".")
    match parts:
        case ["results", number, *_] if number.isdecimal():
            return f"{base}/hasil/{int(number) + 1}"
        case ["results"]:
            return "#hasil"
        case [first, *_] if "consequences" in first:
            return f"{base}/konsekuensi"
        case ["resources", *_]:
            return f"{base}/dukungan"
    return f"{base}/perilaku" if parts[0] == "expectations" else "#hasil"


def remarks(plan: Json) -> dict[str, list[dict[str, Any]]]:
    """What the rater remarked on, by the place of the result, so that it is read at its row; the rest without a place."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in plan["remarks"] or () if plan["state"] == "RETURNED" else ():
        match one["where"].split("."):
            case ["results", place, "indicators", row, *_]:
                found.setdefault(place, []).append({"text": one["text"], "indicator": int(row) + 1})
            case ["results", place, *_]:
                found.setdefault(place, []).append({"text": one["text"], "indicator": None})
            case _:
                found.setdefault("", []).append({"text": one["text"], "indicator": None})
    return found


def answer_of(plan: Json) -> Json | None:
    """What the servant said last of the version that is set; None where nothing was said of it."""
    said = [one for one in plan["confirmations"] if one["plan_version"] == plan["plan_version"]]
    return max(said, key=lambda one: str(one["answered_at"]), default=None)


def asked(plan: Json) -> bool:
    """Whether the servant may still say something of it."""
    said = answer_of(plan)
    return plan["state"] == "SET" and (said is None or said["answer"] in ("SILENT", "DISAGREED"))


def weights(plan: Json) -> int | str:
    """How much of a hundred the weights are so far."""
    return str(HUNDRED - weight_left(plan))


def differences(before: Json | None, now: Json) -> list[dict[str, str]]:
    """What one version changed of the results: each change with its kind and its words."""
    if before is None:
        return []
    old, new = _by_id(before["results"]), _by_id(now["results"])
    found = [{"kind": "added", "text": one["statement"]} for key, one in new.items() if key not in old]
    found += [{"kind": "removed", "text": one["statement"]} for key, one in old.items() if key not in new]
    for key in old.keys() & new.keys():
        if old[key]["statement"] != new[key]["statement"]:
            found.append({"kind": "changed", "text": f"{old[key]['statement']} → {new[key]['statement']}"})
        found += _of_indicators(old[key]["indicators"], new[key]["indicators"])
    return found


def _of_indicators(before: Sequence[Json], now: Sequence[Json]) -> list[dict[str, str]]:
    old, new = _by_id(before), _by_id(now)
    found = [{"kind": "added", "text": one["statement"]} for key, one in new.items() if key not in old]
    found += [{"kind": "removed", "text": one["statement"]} for key, one in old.items() if key not in new]
    for key in old.keys() & new.keys():
        was, is_now = _said(old[key]), _said(new[key])
        if was != is_now:
            found.append({"kind": "changed", "text": f"{was} → {is_now}"})
    return found


def _said(one: Json) -> str:
    ends = {str(one["target_lo"]), str(one["target_hi"])}
    target = "–".join(sorted(ends, key=float))  # noqa: RUF001 - a range is written so
    return f"{one['statement']}: {target} {one['unit']} ({one['weight']} %)"


def _by_id(some: Sequence[Json]) -> dict[str, Json]:
    return {str(one["id"]): one for one in some}
