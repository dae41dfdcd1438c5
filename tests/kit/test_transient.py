"""Which errors are waited for, which are hopeless, and which are tried a little: from the engines' own errors."""

import socket
from collections.abc import Awaitable, Callable

import asyncpg
import pytest
from aiokafka.errors import KafkaConnectionError, RequestTimedOutError, TopicAuthorizationFailedError
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.service import RPCError, RPCStatusCode

from contracts.base import Event
from kit.db import Database
from kit.errors import NotFound, NotReady, Refused
from kit.transient import Kind, kind

Run = Callable[[AsyncSession], Awaitable[object]]


def _of_postgres(sqlstate: str) -> BaseException:
    return asyncpg.exceptions.PostgresError.new({"C": sqlstate, "M": "said by the server"})


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConnectionRefusedError(111, "refused"), Kind.TRANSIENT),
        (FileNotFoundError(2, "no socket"), Kind.TRANSIENT),
        (FileNotFoundError(2, "no such file", "template.txt"), Kind.DOUBTFUL),
        (TimeoutError(), Kind.TRANSIENT),
        (socket.gaierror(-2, "no such host"), Kind.TRANSIENT),
        (PoolTimeout("no connection is free"), Kind.TRANSIENT),
        *((_of_postgres(state), Kind.TRANSIENT) for state in ("57P01", "57P03", "53300", "53100", "08006", "28P01")),
        *((_of_postgres(state), Kind.TRANSIENT) for state in ("40P01", "40001", "55P03", "25006", "42P01", "57014")),
        *((_of_postgres(state), Kind.HOPELESS) for state in ("22021", "22003", "23505", "23503")),
        (_of_postgres("42501"), Kind.DOUBTFUL),
        *((RPCError("-", RPCStatusCode[name], b""), Kind.TRANSIENT) for name in ("UNAVAILABLE", "DEADLINE_EXCEEDED")),
        (RPCError("-", RPCStatusCode.RESOURCE_EXHAUSTED, b""), Kind.TRANSIENT),
        (RPCError("-", RPCStatusCode.NOT_FOUND, b""), Kind.TRANSIENT),
        (RPCError("-", RPCStatusCode.INVALID_ARGUMENT, b""), Kind.HOPELESS),
        (KafkaConnectionError(), Kind.TRANSIENT),
        (RequestTimedOutError(), Kind.TRANSIENT),
        (TopicAuthorizationFailedError(), Kind.DOUBTFUL),
        (NotReady("not yet"), Kind.NOT_READY),
        (Refused("never"), Kind.HOPELESS),
        (NotFound("nobody"), Kind.HOPELESS),
        (AttributeError("a slip"), Kind.DOUBTFUL),
    ],
    ids=repr,
)
def test_an_error_is_of_one_kind(error: BaseException, expected: Kind) -> None:
    assert kind(error) is expected


def _refuse() -> None:
    try:
        raise ConnectionResetError
    except OSError as error:
        raise Refused("said in our words") from error


def _miss_a_file() -> None:
    try:
        raise FileNotFoundError(2, "no such file", "zone")
    except OSError:
        raise KeyError("no such zone")  # noqa: B904 - as the standard library does


def test_what_is_refused_counts_before_what_lay_behind_it_and_a_lost_file_makes_no_engine_absent() -> None:
    with pytest.raises(Refused) as refused:
        _refuse()
    with pytest.raises(KeyError) as missed:
        _miss_a_file()
    assert (kind(refused.value), kind(missed.value)) == (Kind.HOPELESS, Kind.DOUBTFUL)


def test_what_does_not_parse_is_hopeless() -> None:
    with pytest.raises(ValueError, match="tenant_id") as raised:
        Event.model_validate_json("{}")
    assert kind(raised.value) is Kind.HOPELESS


def _statement(sql: str, **values: object) -> Run:
    return lambda session: session.execute(text(sql), values)


@pytest.mark.connected
@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (_statement("select cast(:a as text)", a="a\x00b"), Kind.HOPELESS),
        (_statement("select cast(:a as bigint)", a=2**70), Kind.HOPELESS),
        (_statement("select cast(:a as int)", a="x"), Kind.HOPELESS),
        (_statement("select 1/0"), Kind.HOPELESS),
        (_statement("select * from not_migrated_yet"), Kind.TRANSIENT),
        (_statement("select pg_terminate_backend(pg_backend_pid())"), Kind.TRANSIENT),
        (_statement("select nobody_made_this()"), Kind.DOUBTFUL),
    ],
)
async def test_what_the_database_says_through_all_layers_is_understood(
    kit_db: Database, run: Run, expected: Kind
) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - each a class of its own
        async with kit_db.transaction("16.71") as session:
            await run(session)
    assert kind(raised.value) is expected
