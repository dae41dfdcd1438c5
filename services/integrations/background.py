"""What runs beside the doors of the worker: the sender of webhooks and, where it is asked for, the publisher to Kafka."""

import asyncio

from kit.db import Database
from kit.settings import Settings
from services.integrations import publisher, sender


async def run(settings: Settings, database: Database) -> None:
    """For ever; if one part fails, both end and the worker with them."""
    async with asyncio.TaskGroup() as together:
        together.create_task(sender.run(settings, database), name="sender of webhooks")
        if settings.public_topics:
            together.create_task(publisher.run(settings), name="publisher to Kafka")
