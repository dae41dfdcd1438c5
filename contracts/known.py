"""Every event that a service emits, found by reading the files of its contract."""

import importlib
import pkgutil

from contracts.base import DEPLOYED, Event


def emitted_by(service: str) -> list[type[Event]]:
    """The events of one service's topic, by type; reading a contract's files is what makes its events known."""
    contract = importlib.import_module(f"contracts.{service}")
    for found in pkgutil.walk_packages(contract.__path__, f"{contract.__name__}."):
        importlib.import_module(found.name)
    return [Event.known[name] for name in sorted(Event.known) if Event.known[name].topic == service]


def every_event() -> dict[str, type[Event]]:
    """Every event of every service, by its CloudEvents type."""
    return {event.ce_type(): event for service in DEPLOYED for event in emitted_by(service)}
