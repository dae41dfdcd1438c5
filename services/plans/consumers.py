"""The Kafka door: keeps the copy of master data and cycles, and closes plans with their cycle."""

from faststream.kafka import KafkaBroker

from contracts.evaluation import CycleClosed
from directory.consumers import copy_cycles, copy_people
from kit.db import Database
from kit.kafka import Listener
from services.plans.commands.closing import close_plans


def install(broker: KafkaBroker, database: Database) -> None:
    """Bind every event that this service has a use for."""
    copy_people(broker, database, "plans")
    listener = Listener(broker, database, "plans")
    copy_cycles(listener)
    listener.on(CycleClosed, close_plans)
