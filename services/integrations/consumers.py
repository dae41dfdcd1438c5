"""The Kafka door: who may call here."""

from kit.db import Database
from kit.kafka import Broker, copy_master_data
from services.integrations.callers.commands import KINDS, take_callers


def install(broker: Broker, database: Database) -> None:
    """Bind every topic."""
    copy_master_data(broker, database, "integrations", take_callers, kinds=KINDS)
