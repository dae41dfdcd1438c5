"""Databases for tests: one server a run, one migrated template a service, one copy a test module, empty for each test."""

import asyncio
from pathlib import Path

import asyncpg

from kinerja.stack.postgres import Postgres, roles
from kit import migrate
from tests.support.aside import Aside

_EMPTY = """
select 'set session_replication_role = replica; ' || string_agg(format('delete from %I', tablename), '; ')
from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'
"""


class Databases:
    """Makes and empties databases on one server."""

    def __init__(self, aside: Aside, directory: Path) -> None:
        self._aside = aside
        self.postgres = Postgres(directory, durable=False)
        self._templates: dict[str, str] = {}
        aside.run(self.postgres.start())

    def close(self) -> None:
        """Stop the server."""
        self._aside.run(self.postgres.stop())

    def bare(self, service: str, name: str) -> str:
        """A database with its roles and without tables; returns its name."""
        return self._aside.run(self.postgres.provision(service, name))

    def template(self, service: str) -> str:
        """The migrated database that copies are made of; the migrations run once."""
        if service not in self._templates:
            name = self.bare(service, f"template_{service}")
            url = self.postgres.sqlalchemy_uri(name, roles(service)[0])
            self._aside.run(asyncio.to_thread(migrate.upgrade, service, url))
            self._templates[service] = name
        return self._templates[service]

    def copy(self, service: str, name: str) -> str:
        """A fresh copy of the service's template under this name."""
        template, owner = self.template(service), roles(service)[0]
        self._aside.run(self._execute(f'create database "{name}" template "{template}" owner "{owner}"'))
        return name

    def empty(self, name: str) -> None:
        """Delete every row."""
        self._aside.run(self._emptied(name))

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        self._aside.run(self.postgres.drop(name))

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.postgres.uri())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def _emptied(self, name: str) -> None:
        connection = await asyncpg.connect(self.postgres.uri(name))
        try:
            await connection.execute(await connection.fetchval(_EMPTY))
        finally:
            await connection.close()
