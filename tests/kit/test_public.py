"""A route without a token reads what is public of one city, and can do nothing else."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from contracts.base import new_id
from contracts.plans.plans import PlanDrafted
from kit import db, web
from kit.db import Database
from kit.outbox import emit
from kit.public import public, public_router
from kit.settings import Settings
from kit.web import Session
from tests.conftest import SettingsOf
from tests.support.client import Client
from tests.support.employment import AsTheTokenSays
from tests.support.issuer import Issuer

router = public_router()
CITY = "16.71"


@router.get("/public/{city}/who", **public(note="a test"))
async def who(city: str, session: Session) -> dict[str, object]:
    acting = db.actor(session)
    seen = (await session.execute(text("select current_setting('app.tenant')"))).scalar_one()
    return {"city": city, "seen": seen, "system": acting.is_system, "roles": sorted(acting.roles)}


@router.get("/public/{city}/write", **public(note="a test"))
async def write(city: str, session: Session) -> dict[str, str]:
    emit(session, PlanDrafted(tenant_id=city, plan_id=new_id(), cycle_id=new_id(), servant_id=new_id()))
    return {}


@pytest.fixture
async def client(settings: Settings, kit_db: Database, issuer: Issuer) -> AsyncIterator[Client]:
    app = web.application("notify", settings, kit_db, router, employment=AsTheTokenSays())
    async with Client(app, issuer) as made:
        yield made


@pytest.fixture
def settings(settings_of: SettingsOf, kit_db: Database) -> Settings:
    return settings_of(kit_db)


@pytest.mark.connected
async def test_anybody_reads_of_the_city_in_the_path_and_is_nobody(client: Client) -> None:
    answer = await client.get(f"/v1/public/{CITY}/who")
    assert answer.json() == {"city": CITY, "seen": CITY, "system": False, "roles": []}


@pytest.mark.connected
async def test_nothing_is_written_without_a_token(client: Client, kit_db: Database) -> None:
    with pytest.raises(Exception, match="read-only"):
        await client.get(f"/v1/public/{CITY}/write")
    async with kit_db.transaction(CITY) as session:
        assert (await session.execute(text("select count(id) from outbox"))).scalar_one() == 0


@pytest.mark.connected
async def test_one_network_cannot_ask_without_end(settings: Settings, kit_db: Database, issuer: Issuer) -> None:
    few = settings.model_copy(update={"http_rate": 0.001, "http_burst": 2})
    async with Client(web.application("notify", few, kit_db, router, employment=AsTheTokenSays()), issuer) as client:
        answers = [(await client.get(f"/v1/public/{CITY}/who")).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


async def test_a_public_route_reads_one_city_and_says_why_or_is_not_built() -> None:
    strict = public_router()
    with pytest.raises(TypeError, match="say why it is public"):
        strict.get("/public/{city}/x")(who)
    with pytest.raises(TypeError, match="a GET with"):
        strict.post("/public/{city}/x", **public(note="why"))(who)
    with pytest.raises(TypeError, match="a GET with"):
        strict.get("/public/x", **public(note="why"))(who)
    with pytest.raises(ValueError, match="what makes it public"):
        public(note="")
