"""A town where colleagues assess one another, and the days of its evaluation: early, late, silent, leaving, with more time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Event, Phase, new_id
from contracts.registry.personnel import ChangeKind, PersonnelChanged, Status
from directory import take
from kit.db import Database
from services.evaluation.appraisals.commands import personnel
from services.notify import consumers
from tests.services.evaluation.scene import Scene
from tests.support.arriving import Command, arrive
from tests.support.emitted import emitted
from tests.support.people import Office, master_data

SECTIONS, STAFF = 4, 14
"""Sections, and the staff of each: enough for everybody to be asked by the own section alone."""


@dataclass(frozen=True)
class Town(Office):
    """Four sections, whose heads rate fourteen people each."""

    staff: tuple[UUID, ...] = field(default_factory=lambda: tuple(new_id() for _ in range(SECTIONS * STAFF)))
    heads: tuple[UUID, ...] = field(default_factory=lambda: tuple(new_id() for _ in range(SECTIONS)))

    @property
    def everyone(self) -> tuple[UUID, ...]:
        """All people, top down."""
        return (self.sekda, self.head, *self.heads, *self.staff, self.office, *self.panel)

    def rater(self, person_id: UUID) -> UUID | None:
        """A section head for the staff, the head for the section heads."""
        if person_id in self.staff:
            return self.heads[self.staff.index(person_id) // STAFF]
        return self.head if person_id in self.heads else super().rater(person_id)

    def colleagues(self, person_id: UUID) -> list[UUID]:
        """Who could be asked to assess somebody of the staff."""
        return [one for one in self.staff if one != person_id and self.rater(one) == self.rater(person_id)]


class Bound:
    """What a service binds to the events of others, by event."""

    def __init__(self, *_: object) -> None:
        self.commands: dict[type[Event], list[Command]] = {}

    def on(self, event: type[Event], command: Command) -> None:
        """As ``kit.kafka.Listener``."""
        self.commands.setdefault(event, []).append(command)

    forward = on
    """What is only passed on is heard as well."""


def bound_by(consumer: Any, monkeypatch: pytest.MonkeyPatch) -> Bound:
    """The commands of a service by the events of others, as its own door binds them; master data apart."""
    bound = Bound()
    for name in ("copy_people", "copy_master_data"):
        monkeypatch.setattr(consumer, name, lambda *_, **__: None, raising=False)
    monkeypatch.setattr(consumer, "Listener", lambda *_: bound, raising=False)
    consumer.install(None, None)
    return bound


@dataclass
class Notified:
    """The notify service beside it: whatever evaluation emits arrives there at once."""

    database: Database
    bound: Bound
    arrived: int = 0

    @classmethod
    async def of(cls, here: Scene, database: Database, monkeypatch: pytest.MonkeyPatch) -> "Notified":
        """With the town's people in its copy."""
        async with database.transaction(here.tenant_id) as session:
            await take.take_master_data(session, master_data(here.office))
        return cls(database, bound_by(consumers, monkeypatch))

    async def catch_up(self, here: Scene) -> None:
        """Take in what was emitted since the last time."""
        events = await emitted(here.database)
        for event in events[self.arrived :]:
            await self.take(event)
        self.arrived = len(events)

    async def take(self, event: Event) -> None:
        """One event."""
        if commands := self.bound.commands.get(type(event)):
            await arrive(self.database, event, *commands)


SILENT, EARLY = 8, 40
"""Colleagues who answer nobody, and raters' assessments that are there before the first colleague's."""
NIGHT = 25
"""Answers in a day."""


@dataclass(frozen=True)
class Play:
    """Who does what in the evaluation, in its order."""

    raters: tuple[UUID, ...]
    """The staff, in the order in which they are rated."""
    leaving: UUID
    answers: tuple[tuple[UUID, UUID], ...]
    """About whom, and by which colleague."""

    @classmethod
    async def of(cls, here: Scene, chance: Random) -> "Play":
        """A realistic one: in no order, some silent, one leaving after a third of the answers."""
        staff = chance.sample(here.office.staff, len(here.office.staff))
        silent, leaving = frozenset(staff[:SILENT]), staff[SILENT]
        owed = [(row["about_id"], row["debtor_id"]) for row in await here.obligations("ASSESS_PEER")]
        answers = [(about, by) for about, by in owed if by in here.office.staff and by not in silent]
        chance.shuffle(answers)
        third = len(answers) // 3
        kept = [*answers[:third], *(one for one in answers[third:] if one[1] != leaving)]
        return cls(tuple(chance.sample(staff, len(staff))), leaving, tuple(kept))


async def evaluation(here: Scene, notified: Notified, chance: Random) -> AsyncIterator[str]:
    """The days of the evaluation; yields after each thing that happens, so that others can look."""
    play = await Play.of(here, chance)
    await here.plan(*here.office.staff)
    for servant in play.raters[:EARLY]:
        await rated(here, servant, chance)
    yield "rated"
    async for what in _colleagues(here, notified, play, chance):
        yield what
    for servant in play.raters[EARLY:]:
        await rated(here, servant, chance)
    yield "rated"
    for _ in range(30):  # until the last silent colleague is left out
        await here.sweep(days=1)
        yield "a quiet night"
    await here.end(Phase.EVALUATION)
    for servant in play.raters[:12]:
        if (await here.read(servant))["state"] == "PROVISIONAL":
            await here.issue(servant, here.office.rater(servant) or here.office.office)
            yield "issued"


async def _colleagues(here: Scene, notified: Notified, play: Play, chance: Random) -> AsyncIterator[str]:
    for number, (about, by) in enumerate(play.answers):
        if number == len(play.answers) // 3:
            await leaves(here, notified, play.leaving)
            yield "left"
        if number == len(play.answers) // 2:
            await more_time(here)
            yield "more time"
        if number % NIGHT == NIGHT - 1:
            await here.sweep(days=1)
            yield "a night"
        here.clock.advance(seconds=chance.randint(60, 1800))
        await here.assess_as_peer(about, by, points=chance.randint(88, 100))
        yield "answered"


async def rated(here: Scene, servant: UUID, chance: Random) -> None:
    """The rater's assessment, some minutes after what was before."""
    here.clock.advance(seconds=chance.randint(60, 1800))
    await here.assess(servant, here.office.rater(servant) or here.office.office, points=chance.randint(88, 100))


async def leaves(here: Scene, notified: Notified, person_id: UUID) -> None:
    """A colleague goes to another government: what he owes to others ends at a moment that everybody knows."""
    event = PersonnelChanged(
        tenant_id=here.tenant_id,
        change_id=new_id(),
        servant_id=person_id,
        kind=ChangeKind.STATUS,
        effective_on=here.now().date(),
        reason="Pindah instansi",
        status=Status.MOVED_AWAY,
        unit_id=here.office.unit_id,
        recorded_by=here.office.office,
    )
    await arrive(here.database, event, personnel.take)
    await notified.take(event)


async def more_time(here: Scene) -> None:
    """The office extends the phase: whoever has not answered is notified of it."""
    until = (here.now() + timedelta(days=40)).date()
    body = {"phase": Phase.EVALUATION, "until": until.isoformat(), "reason": "Libur panjang"}
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/extension", body)
