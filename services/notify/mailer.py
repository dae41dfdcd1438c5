"""Sends e-mail beside the doors of the worker: takes what waits in any city, a chunk at a time, over one connection.

A chunk is claimed in a transaction of its own that pushes the next try into the future, so no transaction is open while
the mail server takes its time, several mailers share the work, and what a crash interrupts is tried again. The
Message-ID is made from the notice, so a second copy is recognisable as such.
"""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiosmtplib
import asyncpg
import structlog

from kit import direct, metrics
from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings
from services.notify.mail.rules.mails import compose
from services.notify.mail.rules.retries import wait_after

log = structlog.get_logger()

CHUNK = 100
SPACING_SECONDS = 0.02
"""Between two mails: a hundred thousand at once then take 40 minutes, and leave the processor and the server to others."""
IDLE_SECONDS = 0.5
PAUSE_SECONDS = 5.0
LEASE = timedelta(minutes=5)
"""Longer than a chunk takes; a mailer that died has lost its claim by then."""
_PERMANENT = 500

_WAITING = "select exists (select from deliveries where state = 'PENDING' and channel = 'EMAIL' and next_at <= now())"
_CLAIM = """
with due as (
    select tenant_id, id, notice_id from deliveries
    where state = 'PENDING' and channel = 'EMAIL' and next_at <= now()
    order by next_at limit $1 for update skip locked
)
update deliveries d set attempts = d.attempts + 1, next_at = now() + $2
from due join notices n on n.tenant_id = due.tenant_id and n.id = due.notice_id
where d.tenant_id = due.tenant_id and d.id = due.id
returning d.tenant_id, d.id, d.address, d.attempts, n.id as notice_id, n.subject, n.body, n.created_at
"""
_MARK = """
update deliveries d set state = o.state, error = o.error, sent_at = o.sent_at, attempts = d.attempts - o.back,
    next_at = now() + make_interval(secs => o.wait)
from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::float8[])
    as o(tenant_id, id, state, error, sent_at, back, wait)
where d.tenant_id = o.tenant_id and d.id = o.id and d.state = 'PENDING'
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try."""

    state: str
    error: str | None = None
    wait: float | None = None
    back: int = 0
    """1 if it was not tried at all."""


_SENT = Outcome("SENT")
_UNTRIED = Outcome("PENDING", "the mail server went away", wait=0.0, back=1)


async def run(settings: Settings, database: Database) -> None:
    """Send for ever; a lost database or mail server is waited for and costs no e-mail a try."""
    while _wanted():
        try:
            await _work(settings, database.clock)
        except (*direct.AWAY, aiosmtplib.SMTPException) as error:
            log.warning("mailer waits", error=repr(error))
            await asyncio.sleep(PAUSE_SECONDS)


def _wanted() -> bool:
    """Whether nobody has cancelled this task.

    Before Python 3.12 ``asyncio.wait_for``, which the SMTP client uses, may lose a cancellation that comes together
    with an answer (https://github.com/python/cpython/issues/86296).
    """
    task = asyncio.current_task()
    return task is None or not task.cancelling()


async def _work(settings: Settings, clock: Clock) -> None:
    connection = await asyncpg.connect(settings.relay_database_url)
    try:
        while _wanted():
            if not await send_waiting(connection, settings, clock):
                await asyncio.sleep(IDLE_SECONDS)
    finally:
        await connection.close(timeout=2)


async def send_waiting(connection: asyncpg.Connection, settings: Settings, clock: Clock) -> int:
    """Send everything that waits now; returns how many were tried. The mail server is reached before any is claimed."""
    if not await connection.fetchval(_WAITING):
        return 0
    tried = 0
    async with _mail_server(settings) as server:
        while claimed := await connection.fetch(_CLAIM, CHUNK, LEASE):
            outcomes = [await _send_in_turn(server, settings.smtp_sender, mail) for mail in claimed]
            await _mark(connection, claimed, outcomes, clock)
            tried += len(claimed)
            if _UNTRIED in outcomes:
                break
    return tried


def _mail_server(settings: Settings) -> aiosmtplib.SMTP:
    """Not connected yet; it says who we are only after the certificate was verified."""
    secure = settings.smtp_tls != "off"
    return aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        use_tls=settings.smtp_tls == "implicit",
        start_tls=settings.smtp_tls == "starttls",
        tls_context=ssl.create_default_context(cafile=settings.smtp_ca or None) if secure else None,
        username=settings.smtp_user or None,
        password=settings.smtp_password.get_secret_value() or None,
    )


async def _send_in_turn(server: aiosmtplib.SMTP, sender: str, mail: Any) -> Outcome:
    outcome = await _send(server, sender, mail)
    await asyncio.sleep(SPACING_SECONDS)
    return outcome


async def _send(server: aiosmtplib.SMTP, sender: str, mail: Any) -> Outcome:
    if not server.is_connected:
        return _UNTRIED
    try:
        await server.send_message(
            compose(
                sender=sender,
                to=mail["address"],
                notice_id=mail["notice_id"],
                subject=mail["subject"],
                body=mail["body"],
                written_at=mail["created_at"],
            )
        )
    except (OSError, ValueError, aiosmtplib.SMTPException) as error:
        return _failed(error, mail["attempts"])
    return _SENT


def _failed(error: Exception, tries: int) -> Outcome:
    """Given up at once if the server says "never" (5xx) or the address is none; else later, a few times."""
    never = isinstance(error, ValueError) or _code(error) >= _PERMANENT
    wait = None if never else wait_after(tries)
    return Outcome("FAILED" if wait is None else "PENDING", repr(error)[:500], wait)


def _code(error: Exception) -> int:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return min(one.code for one in error.recipients)
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0


async def _mark(
    connection: asyncpg.Connection, claimed: Sequence[Any], outcomes: Sequence[Outcome], clock: Clock
) -> None:
    now = clock.now()
    await connection.execute(
        _MARK,
        [mail["tenant_id"] for mail in claimed],
        [mail["id"] for mail in claimed],
        [outcome.state for outcome in outcomes],
        [outcome.error for outcome in outcomes],
        [now if outcome is _SENT else None for outcome in outcomes],
        [outcome.back for outcome in outcomes],
        [outcome.wait for outcome in outcomes],
    )
    for outcome in outcomes:
        metrics.mails_sent.labels("retried" if outcome.state == "PENDING" else outcome.state.lower()).inc()
