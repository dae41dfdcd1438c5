"""What runs beside the doors of the worker: whoever carries batches to the national application."""

from kit.db import Database
from kit.settings import Settings
from services.evaluation import national_sender


async def run(settings: Settings, database: Database) -> None:
    """For ever."""
    await national_sender.run(settings, database)
