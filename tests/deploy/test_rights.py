"""deploy/kafka/rights.sh allows each service what its code does, and nothing else."""

import os
import re
import subprocess
from pathlib import Path

from temporalio.client import Client

from contracts.base import DEPLOYED
from kinerja.documents.events import heard
from kit import kafka
from kit.clock import Clock
from kit.settings import Settings
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.install import SERVICE, install

SCRIPT = (Path(__file__).parents[2] / "deploy/kafka/rights.sh").read_text()
ALLOWED = {name: set(topics.split()) for name, topics in re.findall(r"^hears (\w+) (.+)$", SCRIPT, re.MULTILINE)}


def heard_by(name: str) -> set[str]:
    """The topics that the consumers of a service, or the triggers of workflows, are bound to."""
    if name in DEPLOYED:
        events = [event for group in heard(name).values() for event in group]
    else:
        broker = kafka.broker(Settings(environment="test"), SERVICE)
        install(broker, Client.__new__(Client), ExpectedSweeps(Clock.from_setting("")))
        events = [event for group in broker.hears.values() for event in group]
    return {event.topic for event in events}


def test_everybody_hears_what_its_consumers_are_bound_to() -> None:
    assert {name: topics for name in (*DEPLOYED, SERVICE) if (topics := heard_by(name))} == ALLOWED


def test_groups_begin_with_the_name_of_who_hears() -> None:
    assert '--group "$name."' in SCRIPT
    for name in DEPLOYED:
        assert all(group.startswith(f"{name}.") for group in heard(name))


def test_nobody_speaks_for_another() -> None:
    spoken = re.findall(r"^ *speaks (.+)$", SCRIPT, re.MULTILINE)
    assert spoken == ['"$service" "$service" "$service.dead"', "workflows workflows.dead"]
    assert re.findall(r"^for service in (.+); do$", SCRIPT, re.MULTILINE) == [" ".join(DEPLOYED)]


def test_only_integrations_publishes_for_others_and_an_integrator_reads_one_city_alone() -> None:
    assert re.findall(r"^publishes (.+)$", SCRIPT, re.MULTILINE) == ["integrations public."]
    script = (Path(__file__).parents[2] / "deploy/kafka/integrator.sh").read_text()
    allowed = re.findall(r"^acls (.+)$", script, re.MULTILINE)
    assert allowed == [
        '--operation Read --operation Describe --topic "public.$city"',
        '--operation Read --group "$name." --resource-pattern-type prefixed',
    ]


def test_an_integrator_of_no_city_and_one_with_a_name_of_ours_or_none_is_refused(tmp_path: Path) -> None:
    """Run with a command in place of Kafka's that writes down what it was given."""
    told = tmp_path / "told"
    (tmp_path / "kafka-acls.sh").write_text(f'#!/bin/sh\necho "$@" >> {told}\n')
    (tmp_path / "kafka-acls.sh").chmod(0o755)
    script = Path(__file__).parents[2] / "deploy/kafka/integrator.sh"

    def run(*words: str) -> int:
        environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "KAFKA": "kafka:9092", "ADMIN": ""}
        return subprocess.run([script, *words], env=environment, check=False, capture_output=True).returncode

    assert [run(*words) for words in (("payroll",), ("payroll", "*"), ("*", "14.72"), ("pay roll", "14.72"))] == [
        1,
        2,
        2,
        2,
    ]
    assert not told.exists()
    assert run("payroll", "14.72") == 0
    assert run("--remove", "payroll", "14.72") == 0
    added, group, removed, _ = told.read_text().splitlines()
    assert "--add --allow-principal User:payroll --operation Read --operation Describe --topic public.14.72" in added
    assert "--group payroll. --resource-pattern-type prefixed" in group
    assert "--remove --allow-principal User:payroll" in removed
