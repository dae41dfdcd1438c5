"""Every alert has a runbook and every runbook an alert, and Prometheus is asked for what the processes declare, no more."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase
from typer.main import get_command

from kinerja.cli import app
from kinerja.documents import runbooks
from kit import metrics
from services.portal.operations.alerts import RULES
from services.portal.runbooks.declared import PARTS, Alert, lines
from services.portal.sessions.failures import Reason
from tests.portal.tasks import OPERATIONS, TASKS
from tests.support.sources import rows

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "prometheus"
GROUPS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
ALERTS: list[dict[str, Any]] = [one for group in GROUPS for one in group["rules"]]
DECLARED = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
_OF_PROMETHEUS = {"job", "instance"}
"""Labels that it puts on whatever it has asked for; ``up`` has no other."""
_ENDINGS = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"], "gauge": [""]}
"""Of the names that a metric of a kind is asked by."""
_NAME = re.compile(r"\b(kinerja_\w+|up)\b(?:\{([^}]*)\})?")
_WORD = re.compile(r"[a-z_]+")


def _series() -> dict[str, set[str]]:
    """The labels of each name that a process shows."""
    found = {"up": _OF_PROMETHEUS}
    for one in DECLARED:
        for family in one.describe():
            for ending in _ENDINGS[family.type]:
                more = {"le"} if ending == "_bucket" else set()
                found[f"{family.name}{ending}"] = {*one._labelnames, *_OF_PROMETHEUS, *more}
    return found


SERIES = _series()


@pytest.mark.parametrize("alert", ALERTS, ids=lambda one: one["alert"])
def test_an_alert_asks_for_declared_metrics_with_labels_that_they_have(alert: dict[str, Any]) -> None:
    named = _NAME.findall(alert["expr"])
    assert named
    assert {name for name, _ in named} <= set(SERIES)
    for name, matchers in named:
        assert set(re.findall(r"(\w+)\s*[=!]", matchers)) <= SERIES[name], name
    grouped = {label for some in re.findall(r"(?:by|on) \(([^)]*)\)", alert["expr"]) for label in _WORD.findall(some)}
    told = set(re.findall(r"\$labels\.(\w+)", alert["annotations"]["summary"]))
    assert grouped | told <= set.intersection(*(SERIES[name] for name, _ in named))
    assert told <= (grouped or _OF_PROMETHEUS)


@pytest.mark.parametrize("alert", ALERTS, ids=lambda one: one["alert"])
def test_an_alert_says_how_grave_it_is_and_leads_to_its_runbook(alert: dict[str, Any]) -> None:
    assert alert["labels"]["severity"] in {"page", "ticket"}
    page, _, anchor = alert["annotations"]["runbook_url"].partition("#")
    assert anchor in {one.value for one in Alert}
    assert f'id="{anchor}"' in (ROOT / page).read_text()


def test_every_runbook_has_an_alert_of_the_page_or_of_prometheus() -> None:
    alarmed = {one["annotations"]["runbook_url"].partition("#")[2] for one in ALERTS}
    assert {one.value for one in Alert} == alarmed | {one.value for one in RULES}
    assert len({one["alert"] for one in ALERTS}) == len(ALERTS)


def test_outcomes_of_sign_ins_that_alarm_are_some_that_are_counted() -> None:
    named = {
        one
        for alert in ALERTS
        for some in re.findall(r'outcome=~"([a-z_|]+)"', alert["expr"])
        for one in some.split("|")
    }
    assert named - {"sent", "failed"} <= {one.value.lower() for one in Reason}


def test_prometheus_reads_the_alerts_where_compose_puts_them() -> None:
    config = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    mounted = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["prometheus"]["volumes"]
    places = dict(volume.split(":")[:2] for volume in mounted)
    assert config["rule_files"] == ["alerts.yml"]
    assert places["./deploy/prometheus/alerts.yml"] == "/etc/prometheus/alerts.yml"
    assert places["./deploy/prometheus/prometheus.yml"] == "/etc/prometheus/prometheus.yml"


def test_the_page_of_runbooks_is_what_is_declared() -> None:
    assert runbooks.RUNBOOKS.read_text() == runbooks.page(), "run `make contracts`"


def test_the_page_of_runbooks_is_written_once_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "runbooks.md"
    assert runbooks.write(path) == ["runbooks.md"]
    assert runbooks.write(path) == []
    path.write_text("another")
    assert runbooks.write(path) == ["runbooks.md"]


@pytest.mark.parametrize("alert", Alert)
def test_a_runbook_is_whole_and_types_the_same_in_both_languages(alert: Alert) -> None:
    for part in PARTS:
        both = [lines(language, alert, part) for language in ("id", "en")]
        assert len(both[0]) == len(both[1]), part
        assert all(one.strip() and one.count("`") % 2 == 0 for some in both for one in some)
    typed = [{one for one in _typed(language, alert) if " " in one} for language in ("id", "en")]
    assert typed[0] == typed[1]


def test_commands_of_runbooks_are_there() -> None:
    known = set(_commands(get_command(app), "kinerja"))
    # What the table of tasks promises of operations is proven where it is done (tests/portal/test_tasks.py).
    names = TASKS[OPERATIONS]
    known |= {page.strip("`") for name, _, page, _, _ in rows("portal/tasks.md", 5) if name in names}
    asked = {one for alert in Alert for one in _typed("en", alert) if one.startswith("kinerja ")}
    assert asked
    assert [one for one in asked if " ".join(one.split()[:3]) not in known] == []


def _typed(language: str, alert: Alert) -> list[str]:
    text = "\n".join(line for part in PARTS for line in lines(language, alert, part))
    return re.findall(r"`([^`]+)`", text)


def _commands(command: Any, name: str) -> list[str]:
    below = getattr(command, "commands", {})
    return [name, *(found for one, what in below.items() for found in _commands(what, f"{name} {one}"))]
