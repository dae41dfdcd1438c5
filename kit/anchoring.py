"""Anchors the journal of a service on a schedule, as long as it still is what was anchored before."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path

import asyncpg
import structlog

from kit import anchors, direct, metrics
from kit.settings import Settings

log = structlog.get_logger()

_HEADS = "select tenant_id, position, hash from journal_heads"
_DEPARTED = """
select a.tenant_id, a.position
from unnest($1::text[], $2::bigint[], $3::text[]) as a (tenant_id, position, hash)
left join journal j on j.tenant_id = a.tenant_id and j.position = a.position
where j.hash is distinct from a.hash
"""


class Anchoring:
    """Signs the ends of a service's chains every ``anchor_seconds`` (of the wall's clock)."""

    def __init__(self, service: str, settings: Settings) -> None:
        self._service = service
        self._settings = settings
        self._file = anchors.file_of(Path(settings.anchors), service)
        self._key = anchors.signing_key(Path(settings.anchor_key))

    async def run(self) -> None:
        """Anchor at once and then again and again, for ever; a database or disk that is away is waited for."""
        while True:
            try:
                await self.anchor()
            except direct.AWAY as error:
                log.warning("anchoring waits", service=self._service, error=repr(error))
            await asyncio.sleep(self._settings.anchor_seconds)

    async def anchor(self) -> int:
        """Sign what has grown; returns the number of cities. Who was rewritten is never signed again, but pages."""
        connection = await asyncpg.connect(self._settings.relay_database_url)
        try:
            rewritten = await self._rewritten(connection)
            rows = await connection.fetch(_HEADS)
        finally:
            await connection.close(timeout=2)
        heads = {row["tenant_id"]: (row["position"], row["hash"]) for row in rows if row["tenant_id"] not in rewritten}
        # In a thread: another worker may hold the file, and a disk may take its time.
        count = await asyncio.to_thread(anchors.append, self._file, self._service, heads, self._key)
        metrics.anchored_at.labels(self._service).set(time.time())
        return count

    async def _rewritten(self, connection: asyncpg.Connection) -> Mapping[str, int]:
        known = await asyncio.to_thread(anchors.latest, self._file)
        positions, hashes = [head[0] for head in known.values()], [head[1] for head in known.values()]
        rows = await connection.fetch(_DEPARTED, list(known), positions, hashes)
        metrics.journals_rewritten.labels(self._service).set(len(rows))
        for row in rows:
            log.error(
                "the journal is no longer what was anchored",
                service=self._service,
                city=row["tenant_id"],
                position=row["position"],
            )
        return {row["tenant_id"]: row["position"] for row in rows}
