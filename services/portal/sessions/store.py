"""Sessions in PostgreSQL: begun, looked up at every page, renewed, ended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.actor import Actor
from kit.db import Database
from services.portal.sessions.cookies import hashed, new_key
from services.portal.sessions.crypt import Crypt
from services.portal.settings import PortalSettings
from services.portal.web.csrf import new_secret

_SEEN_EVERY = timedelta(seconds=30)
_NAME = text("""
select set_config('app.session', :key_hash, true), set_config('app.sid', :sid, true),
    set_config('app.leaving', :leaving, true)
""")
_BEGIN = text("""
insert into browser_sessions (key_hash, tenant_id, servant_id, sid, roles, language, tokens, csrf, token_until,
    begun_at, seen_at)
values (:key_hash, :tenant, :servant, :sid, :roles, :language, :tokens, :csrf, :token_until, :now, :now)
""")
_FIND = text("""
select tenant_id, servant_id, sid, roles, language, tokens, csrf, token_until, begun_at, seen_at
from browser_sessions where seen_at > :idle and begun_at > :begun
""")
_SEE = text("update browser_sessions set seen_at = :now")
_RENEW = text("update browser_sessions set tokens = :tokens, token_until = :until, roles = :roles")
_END = text("delete from browser_sessions returning tokens")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the issuer gave; never shown to a browser."""

    access: str
    refresh: str
    id: str
    until: datetime
    """When the access token ends."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session as a page sees it."""

    key_hash: str
    actor: Actor
    sid: str
    language: str
    tokens: Tokens
    csrf: str
    ends_at: datetime
    """At the latest; sooner if nothing is looked at."""


class Sessions:
    """All sessions; their times are the wall's, whatever the business clock says."""

    def __init__(self, settings: PortalSettings, database: Database) -> None:
        self._database = database
        self._crypt = Crypt(settings)
        self._idle = timedelta(minutes=settings.portal_idle_minutes)
        self._longest = timedelta(hours=settings.portal_longest_hours)

    async def begin(self, actor: Actor, sid: str, tokens: Tokens, *, language: str) -> str:
        """A new session; returns what the browser gets."""
        key = new_key()
        values = {
            "key_hash": hashed(key),
            "tenant": actor.tenant_id,
            "servant": actor.id,
            "sid": sid,
            "roles": [role.value for role in actor.roles],
            "language": language,
            "tokens": self._sealed(tokens),
            "csrf": new_secret(),
            "token_until": tokens.until,
            "now": _now(),
        }
        async with self._named(hashed(key)) as session:
            await session.execute(_BEGIN, values)
        return key

    async def find(self, key: str) -> SignedIn | None:
        """The session of a cookie, seen now; None if it has ended or never was."""
        now = _now()
        async with self._named(hashed(key)) as session:
            row = (await session.execute(_FIND, {"idle": now - self._idle, "begun": now - self._longest})).first()
            if row is None or (tokens := self._opened(row.tokens, row.token_until)) is None:
                return None
            if now - row.seen_at > _SEEN_EVERY:
                await session.execute(_SEE, {"now": now})
        roles = frozenset(Role(one) for one in row.roles)
        return SignedIn(
            hashed(key),
            Actor(row.servant_id, row.tenant_id, roles),
            row.sid,
            row.language,
            tokens,
            row.csrf,
            row.begun_at + self._longest,
        )

    async def renew(self, key_hash: str, tokens: Tokens, actor: Actor) -> None:
        """The issuer gave new tokens."""
        values = {"tokens": self._sealed(tokens), "until": tokens.until, "roles": [one.value for one in actor.roles]}
        async with self._named(key_hash) as session:
            await session.execute(_RENEW, values)

    async def end(self, key_hash: str) -> None:
        """Sign out here."""
        async with self._named(key_hash) as session:
            await session.execute(_END)

    async def end_all(self, *, sid: str = "", leaving: UUID | None = None) -> int:
        """End what the issuer's session began, or every session of somebody who signs out; returns how many browsers."""
        async with self._named("", sid, leaving) as session:
            return len((await session.execute(_END)).all())

    @asynccontextmanager
    async def _named(self, key_hash: str, sid: str = "", leaving: UUID | None = None) -> AsyncIterator[AsyncSession]:
        async with self._database.transaction("") as session:
            await session.execute(_NAME, {"key_hash": key_hash, "sid": sid, "leaving": str(leaving or "")})
            yield session

    def _sealed(self, tokens: Tokens) -> bytes:
        return self._crypt.seal([tokens.access, tokens.refresh, tokens.id])

    def _opened(self, sealed: bytes, until: datetime) -> Tokens | None:
        """None where they were sealed with a key that nobody has any more: who held them signs in again."""
        try:
            access, refresh, identity = self._crypt.open(sealed)
        except InvalidToken:
            return None
        return Tokens(access, refresh, identity, until)


def _now() -> datetime:
    return datetime.now(UTC)
