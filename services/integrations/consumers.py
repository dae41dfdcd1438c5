"""The Kafka door: who may call here, and whatever is published."""

from contracts.public.language import PUBLISHED
from kit.db import Database
from kit.kafka import Broker, copy_master_data, take_batches
from services.integrations.callers.commands import KINDS, take_callers
from services.integrations.feed.commands import Publishing


def install(broker: Broker, database: Database) -> None:
    """Bind every topic."""
    copy_master_data(broker, database, "integrations", take_callers, kinds=KINDS)
    publishing = Publishing(broker.settings.public_url)
    take_batches(broker, database, "integrations", publishing.publish, kinds=PUBLISHED.events)
