"""The first word: who owes something from a day on, and everybody with whom a cycle begins, reads it once and in the own language."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.obligations import Obligation, ObligationKind
from contracts.plans.obligations import ObligationsOpened
from kit.db import Database
from services.notify.notices.commands.notices import notify_joined, notify_opened
from services.notify.todos.commands import take_opened
from tests.conftest import ClientOf
from tests.support.arriving import arrive
from tests.support.client import Client
from tests.support.people import Office, enrolled, open_cycle, people

pytestmark = pytest.mark.connected


async def read(client: Client, office: Office, person: UUID) -> list[Any]:
    answer = await client.get("/v1/inbox", headers=client.as_(person, office.tenant_id))
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def test_who_owes_a_plan_is_told_when_it_is_to_be_made_once_and_in_the_own_language(
    notify_db: Database, client_of: ClientOf
) -> None:
    office = await people(notify_db)
    cycle = await open_cycle(notify_db, office)
    client, now = client_of("notify", notify_db), notify_db.clock.now()
    indonesian, english = office.staff[0], office.staff[1]  # the fifth of the office reads English
    items = [
        Obligation(
            id=new_id(),
            kind=ObligationKind.PROPOSE_PLAN,
            subject_id=new_id(),
            about_id=one,
            debtor_id=one,
            due_at=now + timedelta(days=5),
            opened_at=now,
        )
        for one in (indonesian, english)
    ]
    event = ObligationsOpened(tenant_id=office.tenant_id, cycle_id=cycle.id, phase=Phase.PLANNING, items=items)
    cause = await arrive(notify_db, event, notify_opened, take_opened)
    await arrive(notify_db, event, notify_opened, take_opened, event_id=cause)
    told = {}
    for person in (indonesian, english):
        [told[person]] = await read(client, office, person)
    assert {one["template"] for one in told.values()} == {"duty_born"}
    assert ("Kewajiban baru" in told[indonesian]["subject"], "New duty" in told[english]["subject"]) == (True, True)
    assert "10 Januari 2026" in told[indonesian]["body"]
    assert "10 January 2026" in told[english]["body"]
    assert "Kewajiban" not in told[english]["subject"] + told[english]["body"]
    for other in (office.staff[2], office.section_head, office.office):
        assert await read(client, office, other) == [], "nobody hears of what others owe before it is late"


async def test_everybody_with_whom_a_cycle_begins_is_told_once(notify_db: Database, client_of: ClientOf) -> None:
    office = await people(notify_db)
    cycle = await open_cycle(notify_db, office)
    client, event = client_of("notify", notify_db), enrolled(office, cycle)
    cause = await arrive(notify_db, event, notify_joined)
    await arrive(notify_db, event, notify_joined, event_id=cause)
    subjects = {}
    for person in office.everyone:
        [notice] = await read(client, office, person)
        assert (notice["template"], notice["cycle_id"]) == ("cycle_begins", str(cycle.id))
        subjects[person] = notice["subject"]
    english = office.staff[1]
    assert len({subject for person, subject in subjects.items() if person != english}) == 1
    assert subjects[english] != subjects[office.staff[0]]
