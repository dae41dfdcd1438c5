"""DMI-4: the panel that visits a unit reads what its people agreed to achieve, until the visit is over, and nothing else."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Event, Role, new_id
from contracts.evaluation.cycles import CycleClosed
from contracts.evaluation.visits import (
    PanelChanged,
    PanelConflictDeclared,
    VisitConcluded,
    VisitDateSet,
    VisitNotHeld,
    VisitScheduled,
)
from directory import take as copies
from services.plans.lookups.rules import Record
from services.plans.visits import commands as visits
from tests.services.plans.stage import Stage, content
from tests.support import people

pytestmark = pytest.mark.connected

DUE = datetime(2026, 6, 1, 9, tzinfo=UTC)
KEPT = {"positive_consequences": ["Diusulkan promosi"], "resources": [{"kind": "BUDGET", "need": "Mesin antrean"}]}


def about(stage: Stage, visit_id: UUID, **changes: object) -> dict[str, Any]:
    """What every event of the visit carries."""
    plain = {
        "tenant_id": stage.city,
        "visit_id": visit_id,
        "cycle_id": stage.cycle.id,
        "unit_id": stage.office.unit_id,
        "panel": stage.office.panel,
    }
    return plain | changes


async def told(stage: Stage, *events: Event) -> None:
    """Evaluation tells it, twice."""
    taking = {
        VisitScheduled: visits.take,
        VisitDateSet: visits.take,
        PanelChanged: visits.take,
        VisitNotHeld: visits.end,
        VisitConcluded: visits.end,
        PanelConflictDeclared: visits.take_conflict,
        CycleClosed: copies.take_end,
    }
    async with stage.database.transaction(stage.city) as session:
        for event in (*events, *events):
            await taking[type(event)](session, event)  # type: ignore[operator]


async def visiting(stage: Stage) -> UUID:
    """A visit to the unit, planned; the servant's plan is set."""
    visit_id = new_id()
    await stage.made_set(content() | KEPT)
    await told(stage, VisitScheduled(**about(stage, visit_id), due_at=DUE))
    return visit_id


async def read(stage: Stage, who: UUID, visit_id: UUID) -> Any:
    """The plans; the status where they are refused."""
    answer = await stage.get(who, f"/visits/{visit_id}/plans")
    return answer.json()["items"] if answer.status_code == 200 else answer.status_code


async def test_the_panel_reads_what_was_agreed_and_not_what_follows_from_it(stage: Stage) -> None:
    visit_id = await visiting(stage)
    [plan] = await read(stage, stage.office.panel[0], visit_id)
    assert (plan["servant_id"], plan["plan_version"]) == (str(stage.servant), 1)
    assert plan["results"][0]["indicators"][0]["target_lo"] == "40"
    assert plan["resources"][0]["need"] == "Mesin antrean"
    assert plan.keys() & {"positive_consequences", "dialogues", "reports", "confirmations", "community"} == set()
    assert "Diusulkan promosi" not in str(plan)


async def test_what_was_only_written_or_proposed_is_not_shown(stage: Stage) -> None:
    visit_id = new_id()
    await stage.proposed()
    await told(stage, VisitScheduled(**about(stage, visit_id), due_at=DUE))
    assert await read(stage, stage.office.panel[0], visit_id) == []


async def test_whom_the_panel_looked_at_reads_that_it_did(stage: Stage) -> None:
    visit_id = await visiting(stage)
    await read(stage, stage.office.panel[0], visit_id)
    [seen] = (await stage.get(stage.servant, "/lookups")).json()["items"]
    assert (seen["record"], seen["reader_id"]) == (Record.PLAN, str(stage.office.panel[0]))


async def test_nobody_else_reads_them_not_even_the_office_or_a_holder_of_the_role(stage: Stage) -> None:
    visit_id, office = await visiting(stage), stage.office
    one = about(stage, visit_id, panel=office.panel[:1])
    await told(stage, PanelChanged(**one, former=office.panel, lead_id=None, reason="-", changed_by=office.office))
    for who in (office.panel[1], office.office, office.head, office.section_head, stage.servant, stage.peer):
        assert await read(stage, who, visit_id) == 403
    assert len(await read(stage, office.panel[0], visit_id)) == 1


async def test_only_the_visited_unit_s_plans_of_the_visited_cycle_are_shown(stage: Stage) -> None:
    await visiting(stage)
    past = await people.open_cycle(stage.database, stage.office, start=date(2025, 7, 1), end=date(2025, 12, 31))
    for changes in ({"unit_id": new_id()}, {"cycle_id": past.id}):
        elsewhere = new_id()
        await told(stage, VisitScheduled(**about(stage, elsewhere, **changes), due_at=DUE))
        assert await read(stage, stage.office.panel[0], elsewhere) == []
    assert await read(stage, stage.office.panel[0], new_id()) == 404


async def test_another_city_finds_nothing_there(stage: Stage) -> None:
    visit_id = await visiting(stage)
    headers = stage.client.as_(stage.office.panel[0], "16.99", Role.PANEL)
    answer = await stage.client.get(f"/v1/visits/{visit_id}/plans", headers=headers)
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("ending", ["not held", "concluded", "cycle closed"])
async def test_once_the_visit_is_over_the_panel_reads_them_no_longer(stage: Stage, ending: str) -> None:
    visit_id = await visiting(stage)
    said = about(stage, visit_id)
    end = {
        "not held": VisitNotHeld(**said, head_id=None),
        "concluded": VisitConcluded(**said, assessed=True),
        "cycle closed": CycleClosed(tenant_id=stage.city, cycle_id=stage.cycle.id),
    }[ending]
    assert len(await read(stage, stage.office.panel[0], visit_id)) == 1
    await told(stage, end)
    assert await read(stage, stage.office.panel[0], visit_id) == 403
    # A panel that is named anew, or a day that comes late, opens nothing again.
    date_set = VisitDateSet(**said, head_id=None, visit_on=DUE.date(), former=None, reason=None, set_by=new_id())
    await told(stage, date_set)
    assert await read(stage, stage.office.panel[0], visit_id) == 403


async def test_a_visit_that_was_planned_before_the_copy_was_kept_is_known_by_its_date(stage: Stage) -> None:
    await stage.made_set()
    visit_id = new_id()
    said = about(stage, visit_id)
    await told(
        stage, VisitDateSet(**said, head_id=None, visit_on=DUE.date(), former=None, reason=None, set_by=new_id())
    )
    assert len(await read(stage, stage.office.panel[0], visit_id)) == 1


async def test_of_whom_a_member_is_not_independent_the_member_reads_nothing(stage: Stage) -> None:
    visit_id, lead = await visiting(stage), stage.office.panel[0]
    conflict = PanelConflictDeclared(
        tenant_id=stage.city, conflict_id=new_id(), member_id=lead, unit_id=None, servant_id=stage.servant
    )
    await told(stage, conflict)
    assert await read(stage, lead, visit_id) == []
    assert len(await read(stage, stage.office.panel[1], visit_id)) == 1


@pytest.mark.parametrize("member", ["self", "rater", "rated"])
async def test_nobody_reads_as_panel_the_own_plan_or_that_of_superior_or_subordinate(stage: Stage, member: str) -> None:
    """Whoever reads it all the same reads it as what he or she is, by the route for that."""
    await stage.made_set()
    who = {"self": stage.servant, "rater": stage.rater, "rated": stage.peer}[member]
    if member == "rated":
        await _rated_by(stage, stage.peer, stage.servant)
    visit_id = new_id()
    await told(stage, VisitScheduled(**about(stage, visit_id, panel=(who,)), due_at=DUE))
    assert await read(stage, who, visit_id) == []


async def _rated_by(stage: Stage, person: UUID, rater: UUID) -> None:
    """In the cycle, as it has frozen it."""
    async with stage.database.transaction(stage.city) as session:
        await session.execute(
            text("update directory_members set rater_id = :rater where servant_id = :person"),
            {"rater": rater, "person": person},
        )
