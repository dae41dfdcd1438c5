"""AsyncAPI of a service, as its worker shows it; the consumers are bound, nothing is connected."""

import importlib
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from contracts.base import Event
from contracts.known import emitted_by
from kinerja.documents.api import NOWHERE
from kit import kafka
from kit.asyncapi import Document, document
from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings


def asyncapi(service: str) -> Document:
    """The AsyncAPI 3.0 document of one service."""
    return document(service, emitted_by(service), heard(service))


def heard(service: str) -> Mapping[str, Sequence[type[Event]]]:
    """The events that the service's consumers are bound to, by consumer group."""
    name = f"services.{service}.consumers"
    if find_spec(name) is None:
        return {}
    broker = kafka.broker(Settings(environment="test"), service)
    importlib.import_module(name).install(broker, Database(NOWHERE, clock=Clock.from_setting("")))
    return broker.hears
