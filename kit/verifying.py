"""Whether a journal is what was recorded: its chains, and what was signed of them (``python -m services.plans verify``)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import pool, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from kit import anchors, journal
from kit.anchors import Anchor, Forged
from kit.journal import Break
from kit.settings import Settings

log = structlog.get_logger()

_UNSIGNED = text(
    """
    select count(*) from journal j
    left join unnest(cast(:cities as text[]), cast(:positions as bigint[])) as a (tenant_id, position) using (tenant_id)
    where j.position > coalesce(a.position, 0)
    """
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one service's journal."""

    events: int
    breaks: list[Break]
    signed_at: datetime | None
    """When it was last anchored; None if never."""
    unsigned: int
    """Events that no anchor covers yet: only the chain protects them."""


async def judge(url: str, service: str, *, directory: Path | None, keys: Path | None) -> Verdict:
    """Check a journal by its chains and, where a directory of anchors is named, against what was signed."""
    found, breaks = _anchors(service, directory, keys)
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=pool.NullPool)
    try:
        async with engine.connect() as connection:
            events, broken = await journal.verify(connection, found)
            unsigned = await _unsigned(connection, found)
            broken += await _never_sent(connection)
    finally:
        await engine.dispose()
    # A service that never sent anything never signed anything either.
    return Verdict(events, (breaks if events else []) + broken, found[-1].at if found else None, unsigned)


async def verify(service: str, settings: Settings) -> int:
    """Judge by the settings of a process and log what was found; returns the exit code: 0 only if everything holds."""
    directory = Path(settings.anchors) if settings.anchors else None
    keys = Path(settings.anchor_keys) if settings.anchor_keys else None
    verdict = await judge(settings.relay_database_url, service, directory=directory, keys=keys)
    for one in verdict.breaks:
        log.error("the journal does not hold", city=one.tenant_id, position=one.position, what=one.what)
    if not verdict.breaks:
        signed = verdict.signed_at.isoformat() if verdict.signed_at else None
        log.info("the journal holds", events=verdict.events, signed_at=signed, unsigned=verdict.unsigned)
    return 1 if verdict.breaks else 0


def _anchors(service: str, directory: Path | None, keys: Path | None) -> tuple[list[Anchor], list[Break]]:
    if directory is None:
        return [], []
    path = anchors.file_of(directory, service)
    if keys is None:
        return [], [_of_file("no public keys to check the anchors with: set KINERJA_ANCHOR_KEYS")]
    try:
        return anchors.read(path, anchors.trusted_keys(keys), service), []
    except FileNotFoundError as error:
        return [], [_of_file(f"{error.filename} does not exist: was it ever made, and who removed it?")]
    except Forged as error:
        return [], [_of_file(str(error))]


def _of_file(what: str) -> Break:
    return Break("-", 0, None, what)


async def _never_sent(connection: AsyncConnection) -> list[Break]:
    """Left by a relay of an earlier version: committed, and never told to anybody."""
    rows = await connection.execute(text("select tenant_id, event_id from outbox_dead order by id"))
    return [Break(row.tenant_id, 0, row.event_id, "this event was set aside and never sent") for row in rows]


async def _unsigned(connection: AsyncConnection, found: list[Anchor]) -> int:
    last: dict[str, int] = {}
    for anchor in found:
        last |= {city: position for city, (position, _) in anchor.heads.items()}
    asked = {"cities": list(last), "positions": list(last.values())}
    count: int = (await connection.execute(_UNSIGNED, asked)).scalar_one()
    return count
