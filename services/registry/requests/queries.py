"""Reads of requests: one's own, all for the office."""

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


async def page(
    session: AsyncSession, *, window: Window, state: RequestState | None, kind: RequestKind | None
) -> Found[Request]:
    """A page of requests, newest first: one's own, all for the office; counted."""
    looking, acting = select(Request), actor(session)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(col(Request.asked_by) == acting.id)
    if state is not None:
        looking = looking.where(col(Request.state) == state.value)
    if kind is not None:
        looking = looking.where(col(Request.kind) == kind.value)
    return await read(session, looking, col(Request.id), window=window, descending=True, counted=True)


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
