"""The stage of the plans tests: an office whose cycle has just begun planning."""

from collections.abc import Awaitable, Callable

import pytest

from contracts.base import Phase
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.plans.stage import Stage
from tests.support import people

StageOf = Callable[[str], Awaitable[Stage]]


@pytest.fixture
def stage_of(plans_db: Database, client_of: ClientOf) -> StageOf:
    """Set up the office of any place in the phase of planning."""

    async def made(place: str) -> Stage:
        office = await people.people(plans_db, place)
        cycle = await people.open_cycle(plans_db, office)
        stage = Stage(plans_db, client_of("plans", plans_db), office, cycle)
        await stage.open(Phase.PLANNING)
        return stage

    return made


@pytest.fixture
async def stage(stage_of: StageOf) -> Stage:
    """The office of Palembang in the phase of planning."""
    return await stage_of("palembang")
