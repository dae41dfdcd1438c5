"""What concerns everybody is done in a few statements, however many people there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from contracts.activities import PhaseAsk
from contracts.base import Event, Phase, new_id
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import MembersEnrolled
from contracts.evaluation.obligations import ObligationsOpened
from contracts.obligations import ObligationKind
from contracts.registry.servants import ServantRecorded
from directory import take
from kinerja.commands.places import policy
from kit.chunks import in_chunks
from kit.db import Database
from services.evaluation.activities import EvaluationActivities
from services.evaluation.cycles.rules.schedule import months_later
from tests.conftest import ClientOf
from tests.services.evaluation.scene import NEW_CYCLE
from tests.support import people
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected

PEOPLE = 2000


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


def _crowd(office: people.Office) -> list[Event]:
    """Many more people under the section head."""
    return [
        ServantRecorded(
            tenant_id=office.tenant_id,
            servant_id=new_id(),
            revision=1,
            nip=f"1949010119700{number:05d}",
            name=f"Pegawai {number}",
            email="x@example.go.id",
            employment_type="PNS",
            grade="III/a",
            position="Pelaksana",
            position_kind="PELAKSANA",
            unit_id=office.unit_id,
            is_head=False,
            rater_id=office.section_head,
            authority_id=office.head,
        )
        for number in range(PEOPLE - len(office.everyone))
    ]


async def test_two_thousand_people_are_enrolled_and_asked_in_a_bounded_number_of_statements(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    office = await people.people(evaluation_db, "sawahlunto", policy=policy("sawahlunto"))
    async with evaluation_db.transaction(office.tenant_id) as session:
        for some in in_chunks(_crowd(office), 500):
            await take.take_master_data(session, some)
    client = client_of("evaluation", evaluation_db)
    headers = client.as_(office.office, office.tenant_id, *office.roles(office.office))
    cycle = (await client.post("/v1/cycles", json=NEW_CYCLE | {"scope": "13.73"}, headers=headers)).json()
    does, ask = EvaluationActivities(evaluation_db), {"tenant_id": office.tenant_id, "cycle_id": cycle["id"]}
    with counted(evaluation_db) as statements:
        enrolment = await does.enrol_members(CycleAsk(**ask))
    assert enrolment.members == PEOPLE
    assert len(statements) <= 12
    assert [len(one.members) for one in await emitted_of(evaluation_db, MembersEnrolled)] == [400] * 5
    await _asked_at_once(does, evaluation_db, ask, clock)


async def _asked_at_once(does: EvaluationActivities, database: Database, ask: dict[str, Any], clock: SetClock) -> None:
    phase = PhaseAsk(**ask, phase=Phase.EVALUATION, members=PEOPLE)
    for before in (Phase.PREPARATION, Phase.PLANNING, Phase.EXECUTION):
        await does.begin_phase(phase.model_copy(update={"phase": before}))
        await does.end_phase(phase.model_copy(update={"phase": before}))
    clock.advance(days=(date(2026, 7, 1) - clock.now().date()).days)
    assert (await does.begin_phase(phase)).opened
    await forget(database)
    with counted(database) as statements:
        state = await does.open_phase(phase)
    assert len(statements) <= 34
    kinds = [item.kind for one in await emitted_of(database, ObligationsOpened) for item in one.items]
    assert kinds.count(ObligationKind.ASSESS) == PEOPLE
    assert kinds.count(ObligationKind.ASSESS_PEER) >= PEOPLE * 3
    assert state.owed == len(kinds) + PEOPLE


def test_a_period_of_months_ends_with_a_month() -> None:
    assert months_later(date(2026, 9, 1), 6) == date(2027, 3, 1)
    assert months_later(date(2026, 1, 1), 12) == date(2027, 1, 1)
