"""Sessions are behind a wall of their own: a row exists for whoever can name it, and for nobody else."""

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import text

from contracts.base import new_id
from kit.actor import Actor
from kit.db import Database
from services.portal.sessions.cookies import hashed
from services.portal.sessions.store import Sessions, Tokens
from services.portal.settings import PortalSettings
from tests.conftest import DatabaseOf, SettingsOf
from tests.support.clock import MONDAY

pytestmark = pytest.mark.connected
CITY = "16.71"
COUNT = text("select count(*) from browser_sessions")


@pytest.fixture
def database(database_of: DatabaseOf) -> Database:
    return database_of("portal")


@pytest.fixture
def sessions(database: Database, settings_of: SettingsOf) -> Sessions:
    return Sessions(PortalSettings(**settings_of(database).model_dump(exclude_unset=True)), database)


async def _begun(sessions: Sessions, sid: str = "sid") -> tuple[str, Actor]:
    actor = Actor(new_id(), CITY)
    tokens = Tokens("access", "refresh", "id", MONDAY)
    return await sessions.begin(actor, sid, tokens, language="id"), actor


async def test_nobody_counts_sessions_without_their_names(sessions: Sessions, database: Database) -> None:
    key, actor = await _begun(sessions)
    async with database.transaction(CITY, actor) as session:
        assert (await session.execute(COUNT)).scalar_one() == 0
        await session.execute(text("select set_config('app.session', :it, true)"), {"it": hashed(key)})
        assert (await session.execute(COUNT)).scalar_one() == 1


async def test_tokens_are_not_stored_in_clear(sessions: Sessions, database: Database) -> None:
    key, _ = await _begun(sessions)
    async with database.transaction("") as session:
        await session.execute(text("select set_config('app.session', :it, true)"), {"it": hashed(key)})
        row = (await session.execute(text("select browser_sessions::text as whole from browser_sessions"))).one()
    assert key not in row.whole
    assert "access" not in row.whole


async def test_a_session_is_found_by_its_cookie_until_it_ends(sessions: Sessions) -> None:
    key, actor = await _begun(sessions)
    found = await sessions.find(key)
    assert found is not None
    assert (found.actor.id, found.tokens.access) == (actor.id, "access")
    assert await sessions.find("another") is None
    await sessions.end(hashed(key))
    assert await sessions.find(key) is None


async def test_the_issuer_ends_what_its_session_began_and_no_other(sessions: Sessions) -> None:
    one, other = await _begun(sessions, "a"), await _begun(sessions, "b")
    assert await sessions.end_all(sid="a") == 1
    assert await sessions.find(one[0]) is None
    assert await sessions.find(other[0]) is not None
    assert await sessions.end_all(sid="") == 0


async def test_a_session_whose_key_is_gone_is_over(database: Database, settings_of: SettingsOf) -> None:
    settings = PortalSettings(**settings_of(database).model_dump(exclude_unset=True))
    key, _ = await _begun(Sessions(settings, database))
    other = settings.model_copy(update={"portal_keys": SecretStr(Fernet.generate_key().decode())})
    assert await Sessions(other, database).find(key) is None
