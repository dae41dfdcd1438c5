"""What the states of a batch and the reasons of its rows say in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.web.visit import Visit

STATES = ("EXPORTED", "CONFIRMED", "REJECTED")


def standing_of(states: Mapping[str, int]) -> str:
    """How far a batch is, as a key of words: who has to do something next."""
    if states["exported"] > states["sending"]:
        return "waiting"
    if states["sending"]:
        return "sending"
    return "rejected" if states["rejected"] else "confirmed"


def unsent(states: Mapping[str, int]) -> int:
    """Rows without an answer that nobody asks the gateway about yet."""
    return states["exported"] - states["sending"]


def answer_of(visit: Visit, row: Mapping[str, Any]) -> str:
    """What was answered to a row, or what came of the last attempt."""
    if row["state"] == "REJECTED":
        return f"{visit.say('national.code_' + row['code'])}: {row['reason']}"
    if row["state"] == "CONFIRMED":
        return visit.say("national.number", n=row["number"]) if row["number"] else ""
    if not row["attempts"]:
        return ""
    tried = visit.say("national.tried", n=row["attempts"])
    return f"{tried}: {row['error']}" if row["error"] else tried


@dataclass(frozen=True, slots=True)
class WrongLine:
    """What is wrong in one place of a file of answers, and how to mend it."""

    line: str
    column: str
    text: str


def wrong_lines(problem: Mapping[str, Any]) -> list[WrongLine]:
    """From the answer to a file that was refused, whose places are ``file:line:column``."""
    found = []
    for fault in problem.get("errors") or ():
        _, line, column = ["", "", *fault["where"].rsplit(":", 2)][-3:]
        found.append(WrongLine(line if line.isdecimal() else "", column, fault["detail"]))
    return found
