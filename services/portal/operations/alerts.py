"""Which alerts are on, judged by what the page of operations knows: rules alone.

A service that last took an event long ago may have nothing to take, so nobody is alarmed by that: how far consumers are
behind is `kinerja operations lag` and `kinerja_waiting_seconds`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.portal.runbooks.declared import Alert
from services.portal.sessions.failures import Failures, Reason

WAITS_SECONDS = 60
"""The oldest event usually goes within a second."""
LEAST_MAILS, SHARE_OF_MAILS = 5, 20
"""So many failed, and more than one in so many: one wrong address is the office's matter."""
WEBHOOK_FAILS = timedelta(hours=1)
LEAST_SIGN_INS = 5
"""Of one day, through the issuer's fault or ours; who was too late or came from elsewhere does not count."""
_OUR_FAULT = (Reason.REFUSED, Reason.INVALID, Reason.SILENT)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page has asked for."""

    services: Mapping[str, Mapping[str, Any] | None]
    """By name; None where it gave no answer."""
    mails: Sequence[tuple[str, Mapping[str, Any]]]
    """Of the newest cycles by name; nothing while the service is silent."""
    endpoints: Sequence[Mapping[str, Any]]
    failures: Sequence[Failures]
    now: datetime
    """Of the clock that endpoints fail by."""
    today: date
    """Of the wall's clock, by which sign-ins are counted."""


@dataclass(frozen=True, slots=True)
class On:
    """An alert that is on, and what it is about: services, cycles, hosts, or a number."""

    alert: Alert
    about: tuple[str, ...]


def on(seen: Seen) -> list[On]:
    """Every alert that is on, the gravest first."""
    return [On(alert, about) for alert, rule in RULES.items() if (about := tuple(rule(seen)))]


def _silent(seen: Seen) -> list[str]:
    return [name for name, told in seen.services.items() if told is None]


def _waiting(seen: Seen) -> list[str]:
    return [name for name, told in _answering(seen) if told["outbox_lag_seconds"] > WAITS_SECONDS]


def _set_aside(seen: Seen) -> list[str]:
    return [name for name, told in _answering(seen) if told["outbox_dead"]]


def _mails(seen: Seen) -> list[str]:
    return [name for name, told in seen.mails if _fails(told["mails_failed"], told["mails_sent"])]


def _fails(failed: int, sent: int) -> bool:
    return failed >= LEAST_MAILS and failed * SHARE_OF_MAILS > failed + sent


def _webhooks(seen: Seen) -> list[str]:
    return [one["host"] for one in seen.endpoints if one["state"] == "DISABLED" or _fails_long(one, seen.now)]


def _fails_long(endpoint: Mapping[str, Any], now: datetime) -> bool:
    since = endpoint["failing_since"]
    return since is not None and now - datetime.fromisoformat(since) >= WEBHOOK_FAILS


def _sign_ins(seen: Seen) -> list[str]:
    times = sum(one.times for one in seen.failures if one.day == seen.today and one.reason in _OUR_FAULT)
    return [str(times)] if times >= LEAST_SIGN_INS else []


def _answering(seen: Seen) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, told) for name, told in seen.services.items() if told is not None]


RULES: Mapping[Alert, Callable[[Seen], list[str]]] = {
    Alert.SERVICE_SILENT: _silent,
    Alert.SIGN_INS_FAILING: _sign_ins,
    Alert.OLDEST_WAITS: _waiting,
    Alert.SET_ASIDE: _set_aside,
    Alert.MAILS_FAILING: _mails,
    Alert.WEBHOOK_FAILING: _webhooks,
}
"""The alerts of the page, in its order."""
