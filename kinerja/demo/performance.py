"""One performance: from the import of the places to the closing of the last cycle, and what can be said of it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from contracts.base import SERVICES
from kinerja import journals
from kinerja.demo import report
from kinerja.demo.conductor import Conductor
from kinerja.demo.director import Director
from kinerja.demo.http import Apis
from kinerja.demo.people import Person
from kinerja.demo.players import Players
from kinerja.demo.report import Outcome
from kinerja.demo.staging import Staging
from kinerja.sign_in.picked import Picked
from kinerja.stack.stack import LocalStack
from kit.clock import Clock

LINGER_SECONDS = 600.0
"""A machine too slow even for this plays on without waiting for its people."""
GRACE_SECONDS = 120.0 + LINGER_SECONDS
"""Beyond its planned length, a performance that has not closed every cycle is given up."""
LAST_WORDS_SECONDS = 1.5
"""The last notices and events arrive a moment after the last cycle has closed."""
LOOK_SECONDS = 1.0


class Performance:
    """The places on a running stack."""

    def __init__(self, stack: LocalStack, staging: Staging) -> None:
        self.stack = stack
        self.staging = staging
        self.clock = Clock.from_setting(stack.clock.setting)
        self.apis = Apis(stack.urls, stack.mint)
        self.players = Players(Picked(stack.state.signed_in).people if staging.watch else tuple)
        self.director = Director(self.apis, self.clock, seed=staging.seed, players=self.players)
        self._began = time.monotonic()

    async def play(self, show: Callable[[Director], None] = lambda _: None) -> bool:
        """Let the crowds act until every cycle is closed; false if that took too long."""
        crowds = [asyncio.create_task(crowd.run()) for crowd in self.director.crowds.values()]
        # Whoever plays is waited for as long again as the half year takes.
        waits = self.staging.seconds if self.staging.watch else 0.0
        conductor = Conductor(self._behind, self.stack.clock.linger, longest=LINGER_SECONDS + waits)
        crowds.append(asyncio.create_task(conductor.run()))
        deadline = time.monotonic() + self.staging.seconds + GRACE_SECONDS + waits
        try:
            while time.monotonic() < deadline:
                closed = await self.director.look()
                show(self.director)
                if closed:
                    await asyncio.sleep(LAST_WORDS_SECONDS)
                    return True
                for task in crowds:
                    if task.done():
                        task.result()
                await asyncio.sleep(LOOK_SECONDS)
            return False
        finally:
            for task in crowds:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*crowds)

    def take_over(self, name: str) -> Person:
        """Let a person at a browser play the civil servant of that name, and nobody else; raises StackError."""
        everybody = [one for crowd in self.director.crowds.values() for one in crowd.people.values()]
        return self.players.take_over(name, everybody)

    def _behind(self) -> timedelta:
        return max(crowd.behind() for crowd in self.director.crowds.values())

    async def outcome(self) -> Outcome:
        """Numbers a place, proofs of the journals, and everything that should not be so."""
        director = self.director
        for crowd in director.crowds.values():
            await crowd.look_once_more()
        columns = {s.place.label: report.flatten(await director.summaries(s)) for s in director.scenes}
        counts, broken = await self._journals()
        wrong = [f"{s.place.label}: the cycle is not closed" for s in director.scenes if not s.closed]
        wrong += [f"open: {one}" for one in report.still_open(director.scenes, director.crowds)]
        wrong += broken
        if self.staging.all_places and not self.staging.watch:
            wrong += [f"not seen: {what}" for what in report.missing(columns, director.policies.values())]
        took = round(time.monotonic() - self._began, 1)
        return Outcome(columns, counts, self.apis.calls, took, wrong)

    async def _journals(self) -> tuple[dict[str, int], list[str]]:
        counts: dict[str, int] = {}
        broken: list[str] = []
        for service in SERVICES:
            verdict = await journals.verify(self.stack.state, self.stack.postgres, service)
            counts[service] = verdict.events
            broken += [
                f"journal of {service}, city {b.tenant_id}, position {b.position}: {b.what}" for b in verdict.breaks
            ]
        return counts, broken


def as_json(outcome: Outcome) -> dict[str, Any]:
    """For ``--json``."""
    return {
        "places": outcome.places,
        "events": outcome.events,
        "calls": outcome.calls,
        "seconds": outcome.seconds,
        "wrong": outcome.wrong,
    }
