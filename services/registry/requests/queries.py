"""Reads of requests: one's own, all for the office."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.registry.requests import RequestKind, RequestState
from kit.db import actor
from kit.errors import Forbidden, NotFound
from kit.keyset import Found, Window, read
from services.registry.requests.models import Request


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests; None is all."""

    state: RequestState | None = None
    kind: RequestKind | None = None
    asked_by: UUID | None = None
    oldest_first: bool = False
    """As a queue is worked off; else the newest comes first."""


async def page(session: AsyncSession, wanted: Wanted, *, window: Window) -> Found[Request]:
    """A page of requests: one's own, all for the office; counted."""
    looking, acting = select(Request), actor(session)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(col(Request.asked_by) == acting.id)
    if wanted.asked_by is not None:
        looking = looking.where(col(Request.asked_by) == wanted.asked_by)
    if wanted.state is not None:
        looking = looking.where(col(Request.state) == wanted.state.value)
    if wanted.kind is not None:
        looking = looking.where(col(Request.kind) == wanted.kind.value)
    newest_first = not wanted.oldest_first
    return await read(session, looking, col(Request.id), window=window, descending=newest_first, counted=True)


async def request(session: AsyncSession, request_id: UUID, *, lock: bool = False) -> Request:
    """The request; raises NotFound."""
    one = select(Request).where(col(Request.id) == request_id)
    if lock:
        one = one.with_for_update().execution_options(populate_existing=True)
    if (row := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no request {request_id} in this city", f"permohonan {request_id} tidak ada di kota ini")
    return row


async def readable(session: AsyncSession, request_id: UUID) -> Request:
    """The same; raises Forbidden for whoever neither asked nor holds the office: reasons may name a kinship."""
    row, acting = await request(session, request_id), actor(session)
    if row.asked_by != acting.id and not acting.has(Role.PERFORMANCE_OFFICE):
        raise Forbidden(
            "only for whoever asked, and the performance office", "hanya untuk pemohon dan pengelola kinerja"
        )
    return row
