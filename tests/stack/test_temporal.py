"""The development server knows by what the stories of cycles are searched for, also on the data of an earlier run."""

from datetime import date
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from contracts.base import new_id
from contracts.evaluation import CycleOpened
from contracts.stories import CITY, PERIOD, SEARCHED, cycle_id
from kinerja.stack.ports import HOST, choose
from kinerja.stack.temporal import temporal
from kit.clock import Clock
from tests.support.policies import policy
from workflows.triggers import Triggers

pytestmark = pytest.mark.connected


async def test_a_cycle_is_found_by_its_city_and_period_after_a_restart(tmp_path: Path) -> None:
    ports = choose(["temporal", "temporal-ui"], {})
    server = temporal(
        port=ports["temporal"],
        ui_port=ports["temporal-ui"],
        database=tmp_path / "temporal.db",
        log=tmp_path / "temporal.log",
    )
    for _ in range(2):
        await server.start()
        try:
            client = await Client.connect(f"{HOST}:{ports['temporal']}", data_converter=pydantic_data_converter)
            event = _opened()
            await Triggers(client, Clock()).cycle_opened(event)
            described = await client.get_workflow_handle(cycle_id(event.cycle_id)).describe()
            found = {pair.key.name: pair.value for pair in described.typed_search_attributes}
            assert found == {CITY: "14.72", PERIOD: "2026-01/2026-06"}
            assert set(found) < set(SEARCHED)
        finally:
            await server.stop()


def _opened() -> CycleOpened:
    return CycleOpened(
        tenant_id="14.72",
        cycle_id=new_id(),
        scope="14.72",
        name="Semester I 2026",
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        months=6,
        policy=policy("dumai"),
        calendar_version=1,
    )
