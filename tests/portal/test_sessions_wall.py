"""Sessions are behind a wall of their own: a row exists for whoever can name it, and for nobody else.

Sign-ins that failed are counted beside them: by day and reason, and so far as anybody can see by nothing else.
"""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from contracts.base import new_id
from kinerja.documents.api import NOWHERE
from kit.actor import Actor
from kit.db import Database
from services.portal.evidence.store import Store
from services.portal.sessions import failures
from services.portal.sessions.cookies import hashed
from services.portal.sessions.failures import Failures, Reason
from services.portal.sessions.store import Sessions, Tokens
from services.portal.settings import PortalSettings
from services.portal.sweeping import sweep
from tests.conftest import DatabaseOf, SettingsOf
from tests.support.clock import MONDAY, SetClock

pytestmark = pytest.mark.connected
CITY = "16.71"
COUNT = text("select count(*) from browser_sessions")


@pytest.fixture
def database(database_of: DatabaseOf) -> Database:
    return database_of("portal")


@pytest.fixture
def settings(database: Database, settings_of: SettingsOf) -> PortalSettings:
    return PortalSettings(**settings_of(database).model_dump(exclude_unset=True))


@pytest.fixture
def sessions(database: Database, settings: PortalSettings) -> Sessions:
    return Sessions(settings, database)


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


async def test_what_failed_is_a_number_by_day_and_reason_and_nothing_of_anybody(database: Database) -> None:
    for why in (Reason.FORGED, Reason.SILENT, Reason.FORGED):
        await failures.failed(database, why)
    for city in ("", CITY, "14.72"):
        async with database.transaction(city) as session:
            found = await failures.latest(session)
            assert found == [
                Failures(failures.today(), Reason.FORGED, 2),
                Failures(failures.today(), Reason.SILENT, 1),
            ]
            rows = await session.execute(text("select * from sign_in_failures"))
            assert list(rows.keys()) == ["day", "reason", "failures"]


async def test_counts_of_a_week_are_kept_and_older_ones_are_swept(database: Database, settings: PortalSettings) -> None:
    kept = text("insert into sign_in_failures values (:day, 'FORGED', 3)")
    async with database.transaction("") as session:
        for ago in (6, 7, 400):
            await session.execute(kept, {"day": failures.today() - timedelta(days=ago)})
    await sweep(settings, Store(settings), now=datetime.now(UTC), business=database.clock.now())
    async with database.transaction("") as session:
        days = (await session.execute(text("select day from sign_in_failures"))).scalars().all()
    assert days == [failures.oldest()]


async def test_nobody_takes_a_count_back(database: Database) -> None:
    for forbidden in ("delete from sign_in_failures", "update sign_in_failures set reason = 'SILENT'"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            await _execute(database, forbidden)


async def _execute(database: Database, statement: str) -> None:
    async with database.transaction("") as session:
        await session.execute(text(statement))


async def test_a_database_that_is_away_loses_the_count_and_not_the_answer() -> None:
    nowhere = Database(NOWHERE.replace("127.0.0.1", "127.0.0.1:9"), clock=SetClock(MONDAY))
    await failures.failed(nowhere, Reason.INVALID)
    await nowhere.close()
