"""Brings one service's database to its newest revision, and drafts new revisions from its models."""

import asyncio
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from kit.idempotency import Answer
from kit.inbox import Inbox
from kit.journal import Journal, JournalHead
from kit.outbox import Outbox
from kit.outbox_dead import OutboxDead

KIT: tuple[type[SQLModel], ...] = (Answer, Inbox, Journal, JournalHead, Outbox, OutboxDead)
"""The kit's own rows, which every service has: named here once, or a draft would drop their tables."""
SEARCH = "ix_search_"
"""So begins the name of an index for search (trigrams over an expression): migrations alone make it, since Alembic cannot
compare such a one with a model."""
_SERVICES = Path(__file__).parent.parent / "services"


def _config(service: str, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SERVICES / service / "migrations"))
    config.attributes.update(service=service, url=url)
    return config


def upgrade(service: str, url: str) -> None:
    """Upgrade to the newest revision; ``url`` is a SQLAlchemy URL of the owner role, for asyncpg."""
    command.upgrade(_config(service, url), "head")


def draft(service: str, url: str, message: str, revision: str) -> None:
    """Write a new revision from the difference between models and database."""
    command.revision(_config(service, url), message, autogenerate=True, rev_id=revision)


def check(service: str, url: str) -> None:
    """Raise if models and migrations differ."""
    command.check(_config(service, url))


def run_environment() -> None:
    """What each service's ``migrations/env.py`` calls."""
    attributes = context.config.attributes
    asyncio.run(_run(attributes["url"], _tables_of(attributes["service"])))


def _tables_of(service: str) -> frozenset[str]:
    own = importlib.import_module(f"services.{service}.tables").TABLES
    return frozenset(_names((*KIT, *own)))


def _names(tables: Iterable[type[SQLModel]]) -> list[str]:
    return [str(table.__tablename__) for table in tables]


async def _run(url: str, tables: frozenset[str]) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_migrate, tables)
        await connection.commit()
    await engine.dispose()


def _migrate(connection: Connection, tables: frozenset[str]) -> None:
    def ours(name: str | None, kind: str, _: Any) -> bool:
        if kind == "index":
            return not (name or "").startswith(SEARCH)
        return kind != "table" or name in tables

    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_name=ours,
        include_object=lambda _object, name, kind, _reflected, _compare: ours(name, kind, None),
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
