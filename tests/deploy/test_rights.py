"""deploy/kafka/rights.sh allows each service what its code does, and nothing else."""

import re
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
