"""Which alerts of the page of operations are on: each at its limit and none below it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.base import SERVICES
from services.portal.operations.alerts import RULES, On, Seen, on
from services.portal.runbooks.declared import Alert
from services.portal.sessions.failures import Failures, Reason

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
WELL: Mapping[str, Any] = {"outbox_lag_seconds": 60, "outbox_dead": 0}
QUIET = Seen(dict.fromkeys(SERVICES, WELL), [], [], [], NOW, TODAY)


def _with(service: str, told: Mapping[str, Any] | None) -> Seen:
    return replace(QUIET, services={**QUIET.services, service: told})


def _endpoint(state: str, failing: timedelta | None = None) -> Mapping[str, Any]:
    since = None if failing is None else (NOW - failing).isoformat().replace("+00:00", "Z")
    return {"host": "tpp.example.go.id", "state": state, "failing_since": since}


def _mails(failed: int, sent: int) -> Seen:
    return replace(QUIET, mails=[("Tahun 2026", {"mails_failed": failed, "mails_sent": sent})])


def _failed(reason: Reason, times: int, day: date = TODAY) -> Failures:
    return Failures(day, reason, times)


def test_nothing_is_on_where_all_is_well() -> None:
    assert on(QUIET) == []


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (_with("notify", None), On(Alert.SERVICE_SILENT, ("notify",))),
        (_with("plans", {**WELL, "outbox_lag_seconds": 61}), On(Alert.OLDEST_WAITS, ("plans",))),
        (_with("plans", {**WELL, "outbox_dead": 1}), On(Alert.SET_ASIDE, ("plans",))),
        (_mails(5, 94), On(Alert.MAILS_FAILING, ("Tahun 2026",))),
        (replace(QUIET, endpoints=[_endpoint("DISABLED")]), On(Alert.WEBHOOK_FAILING, ("tpp.example.go.id",))),
        (
            replace(QUIET, endpoints=[_endpoint("ACTIVE", timedelta(hours=1))]),
            On(Alert.WEBHOOK_FAILING, ("tpp.example.go.id",)),
        ),
        (
            replace(QUIET, failures=[_failed(Reason.SILENT, 3), _failed(Reason.REFUSED, 2)]),
            On(Alert.SIGN_INS_FAILING, ("5",)),
        ),
    ],
    ids=lambda one: f"{one.alert}-{one.about}" if isinstance(one, On) else "",
)
def test_an_alert_is_on_at_its_limit(seen: Seen, expected: On) -> None:
    assert on(seen) == [expected]


@pytest.mark.parametrize(
    "seen",
    [
        _mails(4, 0),
        _mails(5, 95),
        replace(QUIET, endpoints=[_endpoint("ACTIVE", timedelta(minutes=59)), _endpoint("PAUSED")]),
        replace(QUIET, failures=[_failed(Reason.INVALID, 4)]),
        replace(QUIET, failures=[_failed(Reason.NOT_BEGUN, 500), _failed(Reason.FORGED, 500)]),
        replace(QUIET, failures=[_failed(Reason.SILENT, 500, TODAY - timedelta(days=1))]),
    ],
    ids=["few mails", "one mail in twenty", "less than an hour", "few sign-ins", "people's own", "yesterday"],
)
def test_no_alert_is_on_below_it(seen: Seen) -> None:
    assert on(seen) == []


def test_all_that_are_wrong_are_named_the_gravest_first() -> None:
    seen = replace(
        _mails(9, 0),
        services={"registry": None, "plans": {"outbox_lag_seconds": 900, "outbox_dead": 3}, "notify": None},
        endpoints=[_endpoint("DISABLED")],
        failures=[_failed(Reason.SILENT, 9)],
    )
    assert [one.alert for one in on(seen)] == list(RULES)
    assert on(seen)[0].about == ("registry", "notify")
