"""Makes a paper: typesets the form, and keeps once by what it is recognised."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor, clock
from kit.errors import Forbidden, Refused
from kit.outbox import emit
from services.portal.papers.events import paper_made
from services.portal.papers.models import MadePaper
from services.portal.papers.queries.papers import made
from services.portal.papers.rules.codes import hash_of, identity
from services.portal.papers.rules.parts import Paper
from services.portal.papers.rules.typesetting import render

_ANOTHER_CITY = ("a paper is made in its own city", "dokumen dibuat di kotanya sendiri")
_NOT_THE_SAME = (
    "the form came out otherwise than when it was first made, and would not be recognised: report it to operations",
    "formulir ini berbeda dari saat pertama kali dibuat sehingga tidak akan dikenali: laporkan kepada operasi",
)

Copies = Callable[[], AbstractAsyncContextManager[AsyncSession]]
"""Opens a transaction in the portal's own database, in the name of whoever asks."""


class File(NamedTuple):
    """A paper to hand out."""

    content: bytes
    name: str
    """For the one who keeps it: ASCII without spaces."""
    code: str


async def make(copies: Copies, paper: Paper, *, address: str, language: str = "id") -> File:
    """The paper as a file, recognised from now on; asked again with the same content, the same file.

    ``address`` is where people reach the portal. Raises Forbidden for a form of another city than that of whoever asks,
    Refused where the bytes are no longer those that are known.
    """
    content = await asyncio.to_thread(render, paper, address=address, language=language)
    async with copies() as session:
        row = await keep(session, paper, content, address=address, language=language)
        return File(content, f"{row.kind.lower().replace('_', '-')}-{row.code}.pdf", row.code)


async def keep(session: AsyncSession, paper: Paper, content: bytes, *, address: str, language: str) -> MadePaper:
    """By what the file is recognised; told once, however often and by whomever it is made again."""
    known = identity(paper, language=language, address=address)
    row = MadePaper(
        tenant_id=paper.head.tenant_id,
        code=known.code,
        kind=paper.kind.value,
        subject_id=paper.subject_id,
        servant_id=paper.servant_id,
        cycle_id=paper.cycle_id,
        language=language,
        content_hash=known.content_hash,
        pdf_hash=hash_of(content),
        made_at=clock(session).now(),
    )
    _require_own_city(session, row)
    values = row.model_dump()
    first = await session.execute(
        insert(MadePaper).values(values).on_conflict_do_nothing().returning(col(MadePaper.code))
    )
    if first.scalar_one_or_none() is not None:
        emit(session, paper_made(row))
        return row
    before = await made(session, row.code)
    if before is None or before.pdf_hash != row.pdf_hash:
        raise Refused(*_NOT_THE_SAME)
    return before


def _require_own_city(session: AsyncSession, row: MadePaper) -> None:
    if actor(session).tenant_id != row.tenant_id:
        raise Forbidden(*_ANOTHER_CITY)
