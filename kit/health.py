"""Whether a process that answers over HTTP lives, and can work."""

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from kit.db import Database
from kit.errors import Busy


def add_health(app: FastAPI, database: Database) -> None:
    """Liveness and readiness, for whoever runs the process; neither waits for what people do with it."""

    @app.get("/health/live", tags=["ops"])
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"status": "live"}

    @app.get("/health/ready", tags=["ops"])
    async def ready() -> dict[str, str]:
        """The process can do its work: its database answers. One that takes no changes can be read."""
        try:
            takes_changes = await database.ping()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            raise Busy("the database does not answer", "basis data tidak menjawab") from error
        return {"status": "ready"} if takes_changes else {"status": "ready", "changes": "refused"}
