"""Nobody sees another city and what is asked twice under one key is answered once."""

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from kit.columns import table_of
from kit.db import Database
from services.feedback.tables import OWN
from tests.conftest import ClientOf
from tests.services.feedback.scene import scene
from tests.support import people

pytestmark = pytest.mark.connected

ELSEWHERE = "14.72"


async def test_another_city_sees_nothing(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of)
    dumai = await people.people(feedback_db, "dumai")
    result_id = await here.receive(here.ani)
    body = {"result_id": str(result_id), "grounds": "wrong"}
    objection = await here.post(here.ani, "/objections", body)
    stranger = here.client.as_(here.ani, ELSEWHERE, *dumai.roles(dumai.office))
    answer = await here.client.get(f"/v1/objections/{objection['id']}", headers=stranger)
    assert answer.status_code == 404
    answer = await here.client.post("/v1/objections", json=body, headers=stranger)
    assert answer.status_code == 403  # nobody of that city
    theirs = here.client.as_(dumai.staff[0], ELSEWHERE)
    assert (await here.client.post("/v1/objections", json=body, headers=theirs)).status_code == 404
    listed = await here.client.get("/v1/objections", headers=here.client.as_(here.ani, ELSEWHERE))
    assert listed.json() == {"items": [], "next": None}


@pytest.mark.parametrize("table", OWN, ids=lambda table: str(table.__tablename__))
async def test_every_table_is_forced_under_row_level_security(feedback_db: Database, table: type[SQLModel]) -> None:
    name = table_of(table).name
    found = text("select relrowsecurity and relforcerowsecurity from pg_class where relname = :name")
    async with feedback_db.transaction(ELSEWHERE) as session:
        assert (await session.execute(found, {"name": name})).scalar_one() is True


async def test_the_same_key_is_answered_once(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of)
    body = {"cycle_id": str(here.cycle.id), "title": "a counter", "text": "weekly"}
    headers = here.client.as_(here.ani, here.office.tenant_id, key="once")
    first, second = [await here.client.post("/v1/ideas", json=body, headers=headers) for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    other = await here.client.post("/v1/ideas", json=body | {"title": "another"}, headers=headers)
    assert other.status_code == 409
