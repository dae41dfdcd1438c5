"""The stage of the plans tests: an office whose cycle has just begun planning."""

from typing import Protocol

import pytest

from contracts.base import Phase
from contracts.policy import Policy
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.plans.stage import Stage
from tests.support import people


class StageOf(Protocol):
    """``await stage_of("dumai")``: the office of a place in the phase of planning."""

    async def __call__(self, place: str, policy: Policy | None = None) -> Stage: ...


@pytest.fixture
def stage_of(plans_db: Database, client_of: ClientOf) -> StageOf:
    """Set up the office of any place in the phase of planning."""

    async def made(place: str, policy: Policy | None = None) -> Stage:
        office = await people.people(plans_db, place, policy=policy)
        cycle = await people.open_cycle(plans_db, office)
        stage = Stage(plans_db, client_of("plans", plans_db), office, cycle)
        await stage.open(Phase.PLANNING)
        return stage

    return made


@pytest.fixture
async def stage(stage_of: StageOf) -> Stage:
    """The office of Palembang in the phase of planning."""
    return await stage_of("palembang")
