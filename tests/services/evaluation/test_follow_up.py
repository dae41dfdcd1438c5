"""What the review of the system decides is followed up in the next cycle, and shows what people said (BJI-7)."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, new_id
from contracts.evaluation.reviews import ReviewActionMarked, ReviewActionsLeft, SystemReviewed
from contracts.feedback.survey import SystemSurveyed
from kit.db import Database
from services.evaluation.reviews.commands import surveys
from services.evaluation.reviews.rules import LOCAL_SCORE, Punctuality, Spread, punctual, shown
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, scene
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    made = await scene(evaluation_db, client_of, clock, "binjai")
    await made.lead(Phase.SYSTEM_REVIEW)
    return made


def _action(here: Scene, what: str, **change: Any) -> dict[str, Any]:
    return {"what": what, "responsible_id": str(here.rater), "until": "2026-12-31"} | change


async def _review(here: Scene, *actions: dict[str, Any], status: int = 0) -> Any:
    body = {"findings": "Formulir terlalu panjang", "actions": list(actions)}
    return await here.post(here.office.office, f"/cycles/{here.cycle_id}/review", body, status=status)


async def _next_cycle(here: Scene, start: str) -> str:
    body = {"scope": here.office.policy.scope, "period_start": start, "months": 6}
    opened: str = (await here.post(here.office.office, "/cycles", body))["id"]
    return opened


async def test_actions_have_somebody_responsible_and_the_next_cycle_shows_what_became_of_them(here: Scene) -> None:
    await _review(here, _action(here, "x", responsible_id=str(new_id())), status=422)
    await _review(here, {"what": "without anybody"}, status=422)
    kept = await _review(here, _action(here, "Formulir dipersingkat"), _action(here, "Pelatihan penilai"))
    assert [(one["what"], one["state"]) for one in kept["actions"]] == [
        ("Formulir dipersingkat", "OPEN"),
        ("Pelatihan penilai", "OPEN"),
    ]
    [told] = await emitted_of(here.database, SystemReviewed)
    assert told.decided is not None
    assert {one.responsible_id for one in told.decided} == {here.rater}
    first, second = (f"/review-actions/{one['id']}/mark" for one in kept["actions"])
    await here.post(here.ani, first, {"done": True, "word": "selesai"}, status=403)
    for _ in range(2):
        done = await here.post(here.rater, first, {"done": True, "word": "Berlaku sejak Juli"})
        assert (done["state"], done["marked_by"]) == ("DONE", str(here.rater))
    await here.post(here.office.office, second, {"done": False, "word": "Menunggu anggaran"})
    assert len(await emitted_of(here.database, ReviewActionMarked)) == 2
    later = await _next_cycle(here, "2026-07-01")
    [left] = await emitted_of(here.database, ReviewActionsLeft)
    assert (left.cycle_id, left.left) == (UUID(later), 1)
    first_cycle, here.cycle_id = here.cycle_id, UUID(later)
    here.clock.advance(days=400)
    await here.lead(Phase.SYSTEM_REVIEW)
    followed = await _review(here)
    assert [(one["what"], one["state"], one["word"]) for one in followed["former_actions"]] == [
        ("Formulir dipersingkat", "DONE", "Berlaku sejak Juli"),
        ("Pelatihan penilai", "OPEN", "Menunggu anggaran"),
    ]
    assert {one["cycle_id"] for one in followed["former_actions"]} == {str(first_cycle)}
    still = (await here.get(here.ani, "/review-actions", state="OPEN"))["items"]
    assert [one["what"] for one in still] == ["Pelatihan penilai"]


async def test_nothing_left_over_is_told_when_everything_is_done(here: Scene) -> None:
    kept = await _review(here, _action(here, "Pelatihan penilai"))
    await here.post(here.rater, f"/review-actions/{kept['actions'][0]['id']}/mark", {"done": True, "word": "Sudah"})
    await _next_cycle(here, "2026-07-01")
    assert await emitted_of(here.database, ReviewActionsLeft) == []


async def test_what_people_said_stands_beside_the_counts(here: Scene) -> None:
    asked = here.office.policy.listening.survey
    means = tuple(Decimal(number) for number in range(1, len(asked) + 1))
    event = SystemSurveyed(tenant_id=here.tenant_id, cycle_id=here.cycle_id, people=9, means=means)
    await arrive(here.database, event, surveys.take)
    await _review(here)
    read = await here.get(here.ani, f"/cycles/{here.cycle_id}/review")
    assert read["survey"]["people"] == 9
    assert [(one["text"]["en"], Decimal(one["mean"])) for one in read["survey"]["statements"]] == [
        (statement.en, mean) for statement, mean in zip(asked, means, strict=True)
    ]
    assert read["spread"] == []  # nobody has a result yet
    assert read["metrics"]["members"] == len(here.office.everyone)


def _spread(unit_id: UUID | None, people: int) -> Spread:
    point = Decimal(90)
    return Spread(LOCAL_SCORE, unit_id, people, point, Decimal(2), point, point, point)


def test_no_unit_is_so_small_that_its_people_could_be_found_in_the_spread() -> None:
    large, larger, small = (new_id() for _ in range(3))
    units = {None: 45, large: 12, larger: 30, small: 3}
    seen = shown(_spread(unit_id, people) for unit_id, people in units.items())
    # The small one is hidden, and with it the next larger one: the whole minus the rest would be the small one.
    assert [one["unit_id"] for one in seen] == [None, str(larger)]
    assert shown([_spread(None, 9)]) == []


def test_how_much_came_in_time_is_told_of_kinds_that_many_owed() -> None:
    kinds = [Punctuality("ASSESS", 6, 3, 1), Punctuality("REVIEW_SYSTEM", 0, 1, 0)]
    assert punctual(kinds) == [{"kind": "ASSESS", "in_time": 6, "late": 3, "lapsed": 1, "percent": "60.0"}]
