"""Everybody together reads everything there is to read, and does not learn who assessed whom, or who stayed silent.

The readers are the performance office, a section head (rater), the head (reviewing authority), the panel, somebody who has
no part in it, and one of the staff, who is assessed and assesses. The office looks after every act of the evaluation, the
others when something happens; all walk every GET route for every id they find, twice; and they have every event that is not
internal, with its key, subject, actor and time. The bound is six standard deviations above guessing (``attacks.Blind``).
"""

import logging
from collections.abc import Mapping
from math import sqrt
from random import Random

import pytest
from sqlalchemy import text

from contracts.base import Role
from kit.db import Database
from tests.anonymity.attacks import ATTACKS, Known, Reading, blind, guesses, silent, success
from tests.anonymity.reading import Diary, Door, Reader
from tests.anonymity.town import SECTIONS, SILENT, STAFF, Notified, Town, evaluation
from tests.conftest import ClientOf, SettingsOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.client import api_of
from tests.support.clock import SetClock

# Some thousand requests, on a machine that may be busy.
pytestmark = [pytest.mark.connected, pytest.mark.timeout(1200)]

log = logging.getLogger(__name__)
SEED = 20260701
_OFTEN = frozenset(
    {
        "/v1/appraisals",
        "/v1/cycles/{cycle_id}/summary",
        "/v1/cycles/{cycle_id}/owed",
        "/v1/obligations",
        "/v1/deliveries",
        "/v1/inbox",
    }
)
"""Read after every act; everything else when half of it has happened, and at the end."""


async def test_all_that_anybody_may_read_guesses_assessors_no_better_than_chance(
    evaluation_db: Database,
    notify_db: Database,
    client_of: ClientOf,
    clock: SetClock,
    settings_of: SettingsOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto", kind=Town)
    town = here.office
    assert isinstance(town, Town)
    doors = [
        Door.of(name, client_of(name, database), api_of(name, settings_of(database), database).openapi())
        for name, database in (("evaluation", evaluation_db), ("notify", notify_db))
    ]
    notified = await Notified.of(here, notify_db, monkeypatch)
    diary = Diary(here.tenant_id)
    readers = _readers(town)
    for reader in readers:
        diary.ids[reader.name] = {"cycle": {str(here.cycle_id)}}
    await notified.catch_up(here)
    async for what in evaluation(here, notified, Random(SEED)):  # noqa: S311 - a play
        await notified.catch_up(here)
        diary.look += 1
        await diary.events("evaluation", evaluation_db)
        await diary.events("notify", notify_db)
        for door in doors:
            await diary.lists(door, readers[0], only=_OFTEN)
            if what in ("left", "more time", "a night"):
                for reader in readers[1:]:
                    await diary.lists(door, reader)
        if what == "left":
            await _walk(diary, doors, readers)
    await _walk(diary, doors, readers)
    assert {200} <= set.union(*diary.statuses.values())
    await _judge(here, town, diary)


def _readers(town: Town) -> tuple[Reader, ...]:
    return (
        Reader("office", town.office, (Role.PERFORMANCE_OFFICE,)),
        Reader("rater", town.heads[0]),
        Reader("authority", town.head),
        Reader("panel", town.panel[0], (Role.PANEL,)),
        Reader("anyone", town.sekda),
        Reader("colleague", town.staff[0]),
    )


async def _walk(diary: Diary, doors: list[Door], readers: tuple[Reader, ...]) -> None:
    for door in doors:
        for reader in readers:
            await diary.everything(door, reader)


async def _judge(here: Scene, town: Town, diary: Diary) -> None:
    insider = str(town.staff[0])
    known = _known(here, town)
    truth = {one: peers for one, peers in (await _truth(here, town)).items() if one != insider}
    reading, chance = Reading(diary, known), Random(SEED)  # noqa: S311 - an attack that can be repeated
    told = dict[str, str]()
    for name, attack in ATTACKS.items():
        # What the insider assesses himself he knows without reading; whom others assess is the question.
        scores = {pair: score for pair, score in attack(reading, known).items() if insider not in pair}
        guessed = guesses(scores, known, chance)
        alone, reached = blind(guessed, known, chance), success(guessed, truth)
        log.info("%s: %.3f, by chance %.3f +- %.3f", name, reached, alone.mean, alone.spread)
        if reached > alone.bound:
            told[name] = f"{reached:.3f}, by chance {alone.mean:.3f} +- {alone.spread:.3f}"
    told |= await _silence(here, reading, town, chance)
    assert told == {}


def _known(here: Scene, town: Town) -> Known:
    staff = [str(one) for one in town.staff]
    names = {one: one for one in staff}
    names |= {str(here.appraisals[one]): str(one) for one in town.staff}
    names |= {f"Pegawai {town.everyone.index(one):02d}": str(one) for one in town.staff}
    rings = tuple(tuple(staff[at * STAFF : (at + 1) * STAFF]) for at in range(SECTIONS))
    return Known(str(here.cycle_id), rings, names, wanted=4)


async def _truth(here: Scene, town: Town) -> Mapping[str, frozenset[str]]:
    looking = text("select a.servant_id, n.peer_id from peer_nominations n join appraisals a on a.id = n.appraisal_id")
    found: dict[str, set[str]] = {str(one): set() for one in town.staff}
    async with here.database.transaction(here.tenant_id) as session:
        for row in await session.execute(looking):
            if row.servant_id in town.staff:
                found[str(row.servant_id)].add(str(row.peer_id))
    assert {len(peers) for peers in found.values()} == {4}
    return {one: frozenset(peers) for one, peers in found.items()}


async def _silence(here: Scene, reading: Reading, town: Town, chance: Random) -> dict[str, str]:
    """Whether those who answered nobody can be told from the rest."""
    lapsed = {str(row["first_debtor_id"]) for row in await here.obligations("ASSESS_PEER") if row["state"] == "LAPSED"}
    people = [str(one) for one in town.staff[1:]]
    quiet = lapsed & set(people)
    assert len(quiet) >= SILENT - 1
    expected = len(quiet) / len(people)
    spread = sqrt(expected * (1 - expected) / len(quiet))
    reached = len(silent(reading, people, len(quiet), chance) & quiet) / len(quiet)
    log.info("who was silent: %.3f, by chance %.3f +- %.3f", reached, expected, spread)
    if reached > expected + 5 * spread:
        return {"who was silent": f"{reached:.3f}, by chance {expected:.3f} +- {spread:.3f}"}
    return {}
