"""Before a real PgBouncer: who needs a backend of its own says so and does not start."""

import asyncio
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from kinerja.stack.ports import HOST, choose
from kit import direct
from kit.db import Database
from kit.direct import KEEPALIVES, PoolerBetween
from tests.support.aside import Aside
from tests.support.databases import Databases
from tests.support.emitted import relay_url

pytestmark = [pytest.mark.connected]
ROOT = Path(__file__).parents[2]
Pool = Callable[..., str]
IGNORED = ",".join((*KEEPALIVES, "extra_float_digits"))


@pytest.fixture
def pgbouncer(aside: Aside, databases: Databases, kit_db: Database) -> Iterator[Pool]:
    """``pgbouncer(pool_mode="transaction")``: the URL of the relay's database through a pool with these settings."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "PgBouncer is not here: `make test-kafka` fetches it (deploy/pgbouncer/fetch)"
    running: list[subprocess.Popen[bytes]] = []
    databases.postgres.directory.parent.chmod(0o711)  # it runs as somebody else, who must find the socket

    def started(**settings: Any) -> str:
        directory = Path(tempfile.mkdtemp(prefix="pgbouncer-"))
        port = choose(["pgbouncer"], {})["pgbouncer"]
        given = {"listen_addr": HOST, "listen_port": port, "unix_socket_dir": "", "auth_type": "any"} | settings
        lines = [
            "[databases]",
            f"kinerja = host={databases.postgres.sockets} dbname={kit_db.engine.url.database} user=plans_relay",
            "[pgbouncer]",
            *(f"{name} = {value}" for name, value in given.items()),
        ]
        file = directory / "pgbouncer.ini"
        file.write_text("\n".join(lines))
        directory.chmod(0o755)
        running.append(subprocess.Popen([program, *_somebody(), str(file)], stderr=subprocess.DEVNULL))
        url = f"postgresql://relay@{HOST}:{port}/kinerja"
        aside.run(_reachable(url))
        return url

    yield started
    for process in running:
        process.terminate()
        process.wait(10)


def _somebody() -> tuple[str, ...]:
    """It refuses to run as root; whoever PostgreSQL runs as may open its socket."""
    return ("-u", pwd.getpwnam("nobody").pw_name) if os.geteuid() == 0 else ()


async def _reachable(url: str) -> None:
    for _ in range(20):
        try:
            connection = await asyncpg.connect(url, timeout=5)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        await connection.close()
        return
    raise TimeoutError(url)


@pytest.mark.parametrize(
    "settings",
    [
        {"pool_mode": "transaction"},
        {"pool_mode": "transaction", "ignore_startup_parameters": IGNORED},
        {"pool_mode": "transaction", "ignore_startup_parameters": IGNORED, "server_round_robin": 1},
        {"pool_mode": "transaction", "ignore_startup_parameters": IGNORED, "min_pool_size": 10},
        {"pool_mode": "statement", "ignore_startup_parameters": IGNORED},
    ],
)
async def test_a_pool_that_changes_backends_is_refused_with_a_sentence(
    pgbouncer: Pool, settings: dict[str, Any]
) -> None:
    with pytest.raises(
        PoolerBetween, match="point KINERJA_DATABASE_URL and KINERJA_RELAY_DATABASE_URL at PostgreSQL itself"
    ):
        await direct.refuse_poolers(pgbouncer(**settings))


async def test_a_pool_of_sessions_will_do(pgbouncer: Pool) -> None:
    await direct.refuse_poolers(pgbouncer(pool_mode="session", ignore_startup_parameters=IGNORED))


@pytest.mark.parametrize(("part", "variable"), [("api", "DATABASE_URL"), ("worker", "RELAY_DATABASE_URL")])
async def test_a_process_ends_with_the_sentence(
    pgbouncer: Pool, kit_db: Database, kafka: str, part: str, variable: str
) -> None:
    url = pgbouncer(pool_mode="transaction", ignore_startup_parameters=IGNORED)
    given = {
        "ENVIRONMENT": "test",
        "KAFKA": kafka,
        "HTTP_PORT": str(choose(["pooled"], {})["pooled"]),
        "DATABASE_URL": kit_db.engine.url.render_as_string(hide_password=False),
        "RELAY_DATABASE_URL": relay_url(kit_db),
        variable: url.replace("postgresql://", "postgresql+asyncpg://") if variable == "DATABASE_URL" else url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.registry", part),
        cwd=ROOT,
        env=os.environ | {f"KINERJA_{name}": value for name, value in given.items()} | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    )
    async with asyncio.timeout(100):
        _, said = await process.communicate()
    assert process.returncode not in {0, None}
    assert b"a pooler stands before the database" in said
