"""Files arrive: begun, part after part, then judged, stored and told, or forgotten."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.portal.evidence import EvidenceStored
from kit.db import actor, clock
from kit.errors import NotFound
from kit.outbox import emit
from services.portal.evidence.models import EvidenceFile
from services.portal.evidence.rules.kinds import LARGEST, Unfit

_RECEIVED = text("""
update evidence_files set received = :offset + :size
where id = :id and uploader_id = :uploader and state = 'ARRIVING' and received = :offset and :offset + :size <= size
""")
_ATTACH = text("""
update evidence_files set service = :service, path = :path
where id = any(:ids) and uploader_id = :uploader and state = 'STORED' and path = ''
""")
_FORGET = text("delete from evidence_files where id = :id and state = 'ARRIVING'")


async def begin(session: AsyncSession, *, service: str, path: str, name: str, size: int) -> EvidenceFile:
    """A file that will arrive; raises Unfit for one that is too large or empty. Without a path it proves nothing yet."""
    if not 0 < size <= LARGEST:
        raise Unfit("large" if size > 0 else "empty")
    acting = actor(session)
    file = EvidenceFile(
        tenant_id=acting.tenant_id,
        id=new_id(),
        uploader_id=acting.id,
        service=service,
        path=path,
        name=name[:200],
        size=size,
        received=0,
        state="ARRIVING",
        begun_at=clock(session).now(),
    )
    session.add(file)
    await session.flush()
    return file


async def received(session: AsyncSession, file_id: UUID, *, offset: int, size: int) -> bool:
    """Whether the part is the next one and belongs to this uploader's file; it then counts."""
    values = {"id": file_id, "uploader": actor(session).id, "offset": offset, "size": size}
    found = await session.execute(_RECEIVED, values)
    return bool(getattr(found, "rowcount", 0))


async def stored(session: AsyncSession, file_id: UUID, content: bytes, media_type: str) -> EvidenceFile:
    """It is whole, judged and in the store: tell its hash, once."""
    file = await find(session, file_id, lock=True)
    if file.state == "STORED":  # the last part came twice at the same time
        return file
    now = clock(session).now()
    file.state, file.media_type, file.stored_at = "STORED", media_type, now
    file.size = file.received = len(content)
    file.sha256 = hashlib.sha256(content).hexdigest()
    fact = EvidenceStored(
        tenant_id=file.tenant_id,
        evidence_id=file.id,
        uploader_id=file.uploader_id,
        service=file.service,
        path=file.path,
        media_type=media_type,
        size=file.size,
        sha256=file.sha256,
        stored_at=now,
    )
    emit(session, fact)
    return file


async def attach(session: AsyncSession, ids: Sequence[UUID], *, service: str, path: str) -> None:
    """The uploader's files that proved nothing yet prove what is read there."""
    values = {"ids": list(ids), "uploader": actor(session).id, "service": service, "path": path}
    await session.execute(_ATTACH, values)


async def own(session: AsyncSession, ids: Sequence[UUID]) -> list[EvidenceFile]:
    """Files that the reader brought and that were stored, in their order."""
    mine = (col(EvidenceFile.uploader_id) == actor(session).id) & (col(EvidenceFile.state) == "STORED")
    found = await session.exec(
        select(EvidenceFile).where(col(EvidenceFile.id).in_(ids), mine).order_by(col(EvidenceFile.id))
    )
    return list(found.all())


async def forget(session: AsyncSession, file_id: UUID) -> None:
    """It is not taken."""
    await session.execute(_FORGET, {"id": file_id})


async def find(session: AsyncSession, file_id: UUID, *, lock: bool = False) -> EvidenceFile:
    """The file; raises NotFound."""
    wanted = select(EvidenceFile).where(col(EvidenceFile.id) == file_id)
    found = (await session.exec(wanted.with_for_update() if lock else wanted)).first()
    if found is None:
        raise NotFound("there is no such file", "berkas itu tidak ada")
    return found
