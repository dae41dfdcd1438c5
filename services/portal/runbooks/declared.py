"""Every alert that has a runbook, declared once; the words are in words.yaml.

The page of operations and deploy/prometheus/alerts.yml name these and no others (tests/deploy/test_alerts.py).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from services.portal.web.words import say


class Alert(StrEnum):
    """Something is wrong, and somebody has to look; the value stands in addresses and anchors."""

    SERVICE_SILENT = "service-silent"
    OLDEST_WAITS = "oldest-waits"
    SET_ASIDE = "set-aside"
    MAILS_FAILING = "mails-failing"
    WEBHOOK_FAILING = "webhook-failing"
    SIGN_INS_FAILING = "sign-ins-failing"
    RELAY_BLOCKED = "relay-blocked"
    CONSUMER_WAITS = "consumer-waits"
    DEAD_LETTERS = "dead-letters"
    JOURNAL_REWRITTEN = "journal-rewritten"
    ANCHORS_OLD = "anchors-old"
    SERVER_ERRORS = "server-errors"
    SLOW = "slow"


Part = Literal["meaning", "people", "look", "do", "undo", "whom"]
PARTS: tuple[Part, ...] = ("meaning", "people", "look", "do", "undo", "whom")
"""Of a runbook, in this order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: prose, or a command or name to be typed as it stands."""

    text: str
    is_code: bool


def title(language: str, alert: Alert) -> str:
    """What the alert says, as a heading."""
    return say(language, f"runbooks.{alert.name.lower()}_title")


def lines(language: str, alert: Alert, part: Part) -> list[str]:
    """The steps of a part, one or several; between backticks stands what is typed."""
    return say(language, f"runbooks.{alert.name.lower()}_{part}").split("\n")


def pieces(line: str) -> list[Piece]:
    """The line cut at its backticks."""
    return [Piece(text, bool(place % 2)) for place, text in enumerate(re.split("`", line)) if text]
