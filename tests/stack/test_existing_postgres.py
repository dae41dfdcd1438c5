"""A PostgreSQL that exists already gets the databases, roles and passwords that it lacks, and loses nothing."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from contracts.base import SERVICES
from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import Existing
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.state import State
from tests.stack.existing import a_postgres, run

pytestmark = pytest.mark.connected


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Postgres]:
    async with a_postgres(tmp_path / "server") as running:
        yield running


@pytest.fixture
def state(tmp_path: Path) -> State:
    made = State(tmp_path / "state")
    made.prepare()
    return made


async def test_what_is_missing_is_made_and_what_is_there_stays(server: Postgres, state: State) -> None:
    theirs = ExistingPostgres(server.uri(), state, services=("plans", "notify"))
    await theirs.start()
    owner = theirs.uri(database_of("plans"), "plans_owner")
    await run(owner, "create table kept as select 42 as answer")
    await ExistingPostgres(server.uri(), state, services=SERVICES).start()
    assert await run(owner, "select answer from kept") == 42
    assert await run(server.uri(), "select count(*) from pg_database where datname ~ '^kinerja_'") == len(SERVICES)


async def test_each_role_gets_a_password_of_its_own_that_only_this_user_reads(server: Postgres, state: State) -> None:
    theirs = ExistingPostgres(server.uri(), state, services=("plans",))
    await theirs.start()
    assert stat.S_IMODE(state.passwords.stat().st_mode) == 0o600
    assert len(set(theirs._passwords().values())) == 3
    with pytest.raises(asyncpg.InvalidPasswordError):
        await run(server.uri(database_of("plans"), "plans_app"), "select 1")


async def test_another_state_directory_is_told_whose_the_roles_are(
    server: Postgres, state: State, tmp_path: Path
) -> None:
    await ExistingPostgres(server.uri(), state, services=("plans",)).start()
    fresh = State(tmp_path / "fresh")
    fresh.prepare()
    with pytest.raises(StackError, match=r"does not let plans_owner in .*another state directory.*passwords\.json"):
        await ExistingPostgres(server.uri(), fresh, services=("plans",)).start()
    fresh.passwords.write_text(state.passwords.read_text())
    await ExistingPostgres(server.uri(), fresh, services=("plans",)).start()


async def _user(server: Postgres, state: State, powers: str) -> ExistingPostgres:
    await run(server.uri(), f"create role somebody login {powers} password 'it''s @ secret'")
    url = server.uri().replace("postgres@", "somebody:it%27s%20%40%20secret@", 1)
    return ExistingPostgres(url, state, services=("plans",))


async def test_a_role_that_may_create_roles_and_databases_is_enough(server: Postgres, state: State) -> None:
    theirs = await _user(server, state, "createrole createdb")
    await theirs.start()
    await theirs.start()
    for role in roles("plans"):
        assert await run(theirs.uri(database_of("plans"), role), "select current_user::text") == role
    closed = "select has_database_privilege('somebody_else', 'kinerja_plans', 'connect')"
    await run(server.uri(), "create role somebody_else")
    assert await run(server.uri(), closed) is False


async def test_one_that_may_not_hears_what_an_administrator_must_run(server: Postgres, state: State) -> None:
    theirs = await _user(server, state, "")
    with pytest.raises(StackError, match=r"somebody may not make .*deploy/postgres/init\.sql"):
        await theirs.start()


async def test_one_without_powers_is_enough_where_nothing_is_missing(server: Postgres, state: State) -> None:
    await ExistingPostgres(server.uri(), state, services=("plans",)).start()
    await (await _user(server, state, "")).start()


async def test_a_server_that_does_not_answer_is_named(tmp_path: Path, state: State) -> None:
    nobody = f"postgresql://postgres:secret@/postgres?host={tmp_path}"
    with pytest.raises(StackError, match=f"PostgreSQL at {tmp_path} does not answer") as told:
        await ExistingPostgres(nobody, state).start()
    assert "secret" not in str(told.value)


def test_an_address_that_is_none_is_refused_and_a_password_is_not_shown() -> None:
    with pytest.raises(StackError, match=r"--postgres wants a URL"):
        Existing.named(postgres="127.0.0.1:5432")
    with pytest.raises(StackError, match=r"--kafka wants HOST:PORT.*'nowhere'"):
        Existing.named(kafka="127.0.0.1:9092,nowhere")
    with pytest.raises(StackError, match=r"--temporal wants HOST:PORT"):
        Existing.named(temporal="127.0.0.1")
    shown = Existing.named(postgres="postgresql://admin:pa%40ss@10.0.0.1:5432/postgres").shown()
    assert shown == {"postgres": "postgresql://admin@10.0.0.1:5432/postgres"}


def test_both_drivers_are_told_of_tls_in_their_own_word(state: State) -> None:
    theirs = ExistingPostgres("postgresql://admin:x@10.0.0.1:5432/postgres?sslmode=verify-full", state)
    assert theirs.uri("kinerja_plans", "plans_app") == (
        "postgresql://plans_app@10.0.0.1:5432/kinerja_plans?sslmode=verify-full"
    )
    assert theirs.sqlalchemy_uri("kinerja_plans", "plans_app") == (
        "postgresql+asyncpg://plans_app@10.0.0.1:5432/kinerja_plans?ssl=verify-full"
    )
    with pytest.raises(StackError, match="may say host, port, sslmode; not options"):
        ExistingPostgres("postgresql://admin@10.0.0.1/postgres?options=x", state)
