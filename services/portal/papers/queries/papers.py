"""Papers that were made: by the code that stands on one, for anybody who has it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.portal.papers import PaperKind
from kit.actor import visitor
from kit.db import Database
from services.portal.papers.models import MadePaper
from services.portal.papers.queries.reads import agency_of
from services.portal.papers.rules.codes import city_of, hash_of, normal
from services.portal.papers.rules.verification import Verdict, verdict


class Known(NamedTuple):
    """What anybody may know of a paper: never of whom it is."""

    code: str
    kind: PaperKind
    language: str
    made_at: datetime
    pdf_hash: str
    agency: str
    """Whose paper it is: the city's first unit, or the province."""


class Verified(NamedTuple):
    """What became of the question whether a paper is genuine."""

    verdict: Verdict
    code: str
    """As it is kept; as it was typed where it can be no code."""
    paper: Known | None
    newer: Known | None
    """The newest of the same subject, kind and language, if this is not it."""


async def verify(database: Database, typed: str, file: bytes | None = None) -> Verified:
    """Look a code up in the city that it names, and compare the file if there is one; nobody has to sign in for it."""
    code = normal(typed)
    if code is None:
        return Verified(Verdict.UNKNOWN, typed, None, None)
    city = city_of(code)
    async with database.transaction(city, visitor(city)) as session:
        paper = await made(session, code)
        newer = None if paper is None else await _newer(session, paper)
        agency = await agency_of(session, city)
    given = None if file is None else hash_of(file)
    told = (_known(paper, agency), _known(newer, agency))
    return Verified(verdict(None if paper is None else paper.pdf_hash, given), code, *told)


def _known(row: MadePaper | None, agency: str) -> Known | None:
    if row is None:
        return None
    return Known(row.code, PaperKind(row.kind), row.language, row.made_at, row.pdf_hash, agency)


async def made(session: AsyncSession, code: str) -> MadePaper | None:
    """The paper with this code in the transaction's city."""
    return (await session.execute(select(MadePaper).where(col(MadePaper.code) == code))).scalar_one_or_none()


async def _newer(session: AsyncSession, paper: MadePaper) -> MadePaper | None:
    same = (
        col(MadePaper.subject_id) == paper.subject_id,
        col(MadePaper.kind) == paper.kind,
        col(MadePaper.language) == paper.language,
        col(MadePaper.made_at) > paper.made_at,
    )
    newest = select(MadePaper).where(*same).order_by(col(MadePaper.made_at).desc()).limit(1)
    return (await session.execute(newest)).scalar_one_or_none()
