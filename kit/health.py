"""Whether a process that answers over HTTP lives, can work, and what it measured."""

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from kit import metrics
from kit.db import Database


def add_health(app: FastAPI, database: Database) -> None:
    """Liveness, readiness and metrics, for whoever runs the process."""

    @app.get("/health/live", tags=["ops"])
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"status": "live"}

    @app.get("/health/ready", tags=["ops"])
    async def ready() -> dict[str, str]:
        """The process can do its work: its database answers."""
        await database.ping()
        return {"status": "ready"}

    @app.get("/metrics", tags=["ops"], response_class=Response)
    async def measured() -> Response:
        """Prometheus metrics."""
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
