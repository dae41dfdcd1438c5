"""PLB-10, BJI-9: anybody reads, without a token, how a closed cycle went, and nothing about anybody."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from contracts.base import new_id
from contracts.evaluation.publication import PublicReportMade
from kit.db import Database
from services.evaluation.publication.rules import LEAST
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.services.evaluation.test_whole_cycle import lives_through
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def over(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Everybody of the office has a final result, and the cycle is closed."""
    here = await scene(database, client_of, clock, "palembang")
    await lives_through(here)
    return here


async def read(here: Scene, path: str = "", *, city: str = "", status: int = 200) -> Any:
    answer = await here.client.get(f"/v1/public/{city or here.tenant_id}/reports{path}")
    assert answer.status_code == status, answer.text
    assert status != 200 or answer.headers["Cache-Control"] == "public, max-age=300"
    return answer.json()


async def test_a_closed_cycle_is_public_and_names_nobody(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await over(evaluation_db, client_of, clock)
    (report,) = (await read(here))["items"]
    assert report == await read(here, f"/{here.cycle_id}")
    assert (report["people"], report["least"]) == (11, LEAST)
    assert set(report["predicates"].values()) == {None}, "all are good: a number would tell it of each"
    assert [(one["people"], one["mean"]) for one in report["units"]] == [(11, "99.00")]
    assert report["elsewhere"] == 0
    expected = {"innovations": 0, "objected": 0, "changed_by_objection": 0, "deemed_received": 0}
    assert report["figures"] == expected | {"visits_held": 0, "assessed_in_time_percent": 100}
    ids = {str(one) for one in here.office.everyone} | {str(one) for one in here.appraisals.values()}
    assert not ids.intersection(re.findall(r"[0-9a-f-]{36}", json.dumps(report)))
    (event,) = await emitted_of(evaluation_db, PublicReportMade)
    assert (event.people, event.least) == (11, LEAST)


async def test_while_a_cycle_runs_nothing_of_it_is_public(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    assert (await read(here))["items"] == []
    await read(here, f"/{here.cycle_id}", status=404)


async def test_a_report_is_of_one_city_and_is_never_made_again(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await over(evaluation_db, client_of, clock)
    assert (await read(here, city="99.99"))["items"] == []
    await read(here, f"/{here.cycle_id}", city="99.99", status=404)
    await read(here, f"/{new_id()}", status=404)
    await read(here, city="nowhere", status=422)
    with pytest.raises(DBAPIError, match="permission denied"):
        async with evaluation_db.transaction(here.tenant_id) as session:
            await session.execute(text("update public_reports set people = 1"))
