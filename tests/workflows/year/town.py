"""A town whose five services really work, on the clock of the test server: moved from one day to the next by a test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest

from contracts.workflows import SEARCH_ATTRIBUTES
from kit.actor import Actor
from services.registry.imports.commands.imports import import_files
from services.registry.imports.commands.reading import read
from services.registry.personnel.commands.due import apply_due
from tests.workflows.city import City, at_work
from tests.workflows.passing import days_pass
from tests.workflows.year.bus import Bus, in_memory
from tests.workflows.year.diary import Diary
from tests.workflows.year.place import CITY, POLICY, WIB, files

NINE = time(9)
"""When people act, unless the test says otherwise."""


@dataclass
class Town(City):
    """Its registry, plans, evaluation, feedback and notify, and everything that they told each other."""

    bus: Bus = field(init=False)
    diary: Diary = field(default_factory=Diary)

    async def deliver(self, first: str = "") -> None:
        """Pass on what was told since the last time, and what follows from it."""
        async with self._bus:
            for event in await self.bus.carry(first):
                self.diary.note(self.clock.now(), event)

    async def until(self, day: str, at: time = NINE) -> None:
        """Let the days pass up to this hour in the town."""
        wanted = datetime.combine(date.fromisoformat(day), at, WIB)
        await self.tick()
        while (left := wanted - self.clock.now()) > timedelta(0):
            await days_pass(self.env, left)
            await self.tick()

    async def found(self, office: Actor, policy: str = POLICY) -> None:
        """The registry takes in the files of the place."""
        registry = self.databases["registry"]
        async with read(registry, office, files(policy)) as reading, registry.transaction(CITY, office) as session:
            await import_files(session, reading)
        await self.deliver()

    async def changes_take_effect(self) -> None:
        """What the registry's worker does on the day of a change of personnel."""
        async with self.databases["registry"].transaction(CITY) as session:
            await apply_due(session)
        await self.deliver()


@asynccontextmanager
async def living(town: Town) -> AsyncIterator[Town]:
    """The workers of the town run and its bus carries."""
    asking = AddSearchAttributesRequest(
        namespace=town.env.client.namespace,
        search_attributes=dict.fromkeys(SEARCH_ATTRIBUTES, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD),
    )
    await town.env.client.operator_service.add_search_attributes(asking)
    async with in_memory(town.databases, town.env.client, town.clock) as town.bus, at_work(town):
        await town.begin()
        yield town
