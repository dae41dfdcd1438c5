"""Nobody sees another city, every table is forced under row-level security, and a key is answered once."""

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from contracts.base import Phase, Role
from kit.columns import table_of
from kit.db import Database
from services.evaluation.tables import OWN
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE, evaluating
from tests.support import people
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected

ELSEWHERE = "14.72"


async def test_another_city_sees_nothing(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    issued = await here.received(here.ani)
    await people.people(evaluation_db, "dumai")
    stranger = here.client.as_(here.office.office, ELSEWHERE, Role.PERFORMANCE_OFFICE, Role.PANEL)
    for path in (
        f"/v1/cycles/{here.cycle_id}",
        f"/v1/appraisals/{here.appraisals[here.ani]}",
        f"/v1/results/{issued.result_id}",
        f"/v1/results/{issued.result_id}/explanation",
    ):
        assert (await here.client.get(path, headers=stranger)).status_code == 404, path
    for_the_office = await here.client.get(f"/v1/cycles/{here.cycle_id}/summary", headers=stranger)
    assert for_the_office.status_code == 403, "nobody there knows this officer"
    for path in ("/v1/cycles", "/v1/appraisals", "/v1/results", "/v1/visits"):
        assert (await here.client.get(path, headers=stranger)).json() == {"items": [], "next": None}
    async with evaluation_db.transaction(ELSEWHERE) as session:
        for table in OWN:
            counting = text(f"select count(*) from {table.__tablename__}")  # noqa: S608 - our own names
            assert (await session.execute(counting)).scalar_one() == 0


@pytest.mark.parametrize("table", OWN, ids=lambda table: str(table.__tablename__))
async def test_every_table_is_forced_under_row_level_security(evaluation_db: Database, table: type[SQLModel]) -> None:
    name = table_of(table).name
    found = text("select relrowsecurity and relforcerowsecurity from pg_class where relname = :name")
    async with evaluation_db.transaction(ELSEWHERE) as session:
        assert (await session.execute(found, {"name": name})).scalar_one() is True


async def test_the_same_key_is_answered_once(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    body = NEW_CYCLE | {"scope": "16.71", "period_start": "2026-07-01"}
    headers = here.client.as_(here.office.office, here.tenant_id, Role.PERFORMANCE_OFFICE, key="once")
    first, second = [await here.client.post("/v1/cycles", json=body, headers=headers) for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
