"""Where files lie: object storage by the S3 API in production, a directory in a local stack, memory in a test."""

from pathlib import Path
from typing import Any
from uuid import UUID

import obstore
from obstore.store import LocalStore, MemoryStore, from_url

from services.portal.settings import PortalSettings


class Store:
    """Files by city and id; parts of those that arrive beside them."""

    def __init__(self, settings: PortalSettings) -> None:
        place = settings.portal_files
        self._store: Any
        if not place:
            self._store = MemoryStore()
        elif "://" in place:
            self._store = from_url(place)  # credentials come from AWS_* of the environment
        else:
            Path(place).mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(prefix=place)

    async def keep_part(self, city: str, file_id: UUID, offset: int, content: bytes) -> None:
        """One part; the same part again is the same."""
        await obstore.put_async(self._store, f"{city}/{file_id}.parts/{offset:010}", content)

    async def together(self, city: str, file_id: UUID) -> bytes:
        """All parts in their order."""
        found = []
        async for some in obstore.list(self._store, prefix=f"{city}/{file_id}.parts/"):
            found += [one["path"] for one in some]
        return b"".join([await self._read(path) for path in sorted(found)])

    async def keep(self, city: str, file_id: UUID, content: bytes) -> None:
        """The whole file; its parts are not needed any more."""
        await obstore.put_async(self._store, f"{city}/{file_id}", content)
        await self.forget_parts(city, file_id)

    async def forget_parts(self, city: str, file_id: UUID) -> None:
        """What arrived of a file that is not taken, or is whole."""
        async for some in obstore.list(self._store, prefix=f"{city}/{file_id}.parts/"):
            await obstore.delete_async(self._store, [one["path"] for one in some])

    async def read(self, city: str, file_id: UUID) -> bytes:
        """The whole file; raises FileNotFoundError."""
        return await self._read(f"{city}/{file_id}")

    async def _read(self, path: str) -> bytes:
        found = await obstore.get_async(self._store, path)
        return bytes(await found.bytes_async())
