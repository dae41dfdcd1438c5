"""Sign-ins that failed: counted by day and reason, without a word of who it was or from where.

The counts are of the whole portal: whoever fails to sign in has shown no city yet.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import metrics
from kit.db import Database
from services.portal.web.moments import WEST

if TYPE_CHECKING:
    from asyncpg import Connection

log = structlog.get_logger()

SHOWN_DAYS = 7
"""So many days are kept and shown, today among them."""
_LONGEST_SECONDS = 1.0
"""Whoever could not sign in does not wait longer for the count than this."""
_COUNT = text("""
insert into sign_in_failures (day, reason, failures) values (:day, :reason, 1)
on conflict (day, reason) do update set failures = sign_in_failures.failures + 1
""")
_READ = text("select day, reason, failures from sign_in_failures where day >= :since order by day desc, reason")


class Reason(StrEnum):
    """Why somebody who came back from the issuer, or wanted to go there, was not signed in."""

    NOT_BEGUN = "NOT_BEGUN"
    """This browser did not begin, or more than ten minutes ago: a page that lay open, a bookmark, another browser."""
    FORGED = "FORGED"
    """What came back does not belong to what was begun here (``state``)."""
    REFUSED = "REFUSED"
    """The issuer gave no code, or did not take its own back: access denied, a wrong client, a code used twice."""
    INVALID = "INVALID"
    """The issuer's tokens do not hold: signature, audience, city, nonce."""
    SILENT = "SILENT"
    """The issuer, or its keys, did not answer."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How often signing in failed on one day for one reason."""

    day: date
    """In western Indonesia, where most cities lie."""
    reason: Reason
    times: int


async def failed(database: Database, reason: Reason, cause: Exception | None = None) -> None:
    """Count one and log why, without whom; a database that is away or slow loses the count, never the answer."""
    metrics.sign_ins.labels(reason.value.lower()).inc()
    log.warning("a sign-in failed", reason=reason.value, error=type(cause.__cause__ or cause).__name__ if cause else "")
    try:
        async with asyncio.timeout(_LONGEST_SECONDS), database.transaction("") as session:
            await session.execute(_COUNT, {"day": today(), "reason": reason.value})
    except Exception as error:  # noqa: BLE001 - whatever it is, the person gets the page that says how to go on
        log.warning("a sign-in that failed was not counted", reason=reason.value, error=repr(error))


def succeeded() -> None:
    """Count one in the metric; sessions that began are no matter of the table."""
    metrics.sign_ins.labels("signed_in").inc()


async def latest(session: AsyncSession) -> Sequence[Failures]:
    """Of the last days that are kept, newest first."""
    rows = await session.execute(_READ, {"since": oldest()})
    return [Failures(row.day, Reason(row.reason), row.failures) for row in rows]


async def forget(connection: "Connection[Any]") -> None:
    """Remove the counts of days that are not shown any more."""
    await connection.execute("delete from sign_in_failures where day < $1", oldest())


def today() -> date:
    """Of the wall's clock, as all times of sessions."""
    return datetime.now(UTC).astimezone(ZoneInfo(WEST)).date()


def oldest() -> date:
    """The first day that is still kept."""
    return today() - timedelta(days=SHOWN_DAYS - 1)
