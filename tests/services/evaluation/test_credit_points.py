"""Credit points by parts of the year: what is proposed of each level held, and the account that the person reads."""

from datetime import date
from typing import Any

import pytest

from contracts.base import Phase
from contracts.registry.personnel import Status
from contracts.registry.positions import HeldPosition, PositionsRecorded
from kit.db import Database
from services.evaluation.credits.commands import positions
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected

APRIL = date(2026, 4, 1)
BEST: dict[str, Any] = {
    "result_rating": "ABOVE",
    "behaviour_rating": "ABOVE",
    "reasons": {"result_rating": "Melampaui target", "behaviour_rating": "Menjadi teladan"},
}
BALANCE = {"level": "AHLI_MUDA", "points": "187.500", "as_of": "2025-12-31", "document": "PAK 800/77/2025"}


def held(since: date | None, kind: str, status: Status = Status.ACTIVE, employment: str = "PNS") -> HeldPosition:
    return HeldPosition(since=since, employment_type=employment, position_kind=kind, status=status)


async def told(here: Scene, *held_positions: HeldPosition, revision: int = 2) -> None:
    event = PositionsRecorded(
        tenant_id=here.tenant_id, servant_id=here.ani, revision=revision, positions=held_positions
    )
    async with here.database.transaction(here.tenant_id) as session:
        await positions.take(session, event)


async def credited(here: Scene, *held_positions: HeldPosition, **change: Any) -> dict[str, Any] | None:
    """What is proposed of Ani's half-year, if anything."""
    await told(here, *held_positions)
    await here.lead(Phase.DISCLOSURE)
    await here.received(here.ani, **change)
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    found = (await here.get(here.office.office, "/proposals", kind="CREDIT_CONVERSION"))["items"]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("held_positions", "change", "parts", "points"),
    [
        ((held(None, "AHLI_PERTAMA"), held(APRIL, "AHLI_MUDA")), {}, ["3.125", "6.250"], "9.375"),
        ((held(None, "TERAMPIL"), held(APRIL, "TERAMPIL", Status.RETIRED)), BEST, ["1.875"], "1.875"),
        ((held(None, "AHLI_MUDA"), held(APRIL, "PENGAWAS")), {}, ["6.250"], "6.250"),
        ((held(None, "AHLI_PERTAMA", Status.UNPAID_LEAVE), held(APRIL, "AHLI_PERTAMA")), {}, ["3.125"], "3.125"),
        ((held(APRIL, "AHLI_PERTAMA"),), {}, ["3.125"], "3.125"),
    ],
)
async def test_each_level_of_a_half_year_counts_for_its_months_to_the_digit(
    evaluation_db: Database,
    client_of: ClientOf,
    clock: SetClock,
    held_positions: tuple[HeldPosition, ...],
    change: dict[str, Any],
    parts: list[str],
    points: str,
) -> None:
    """Peraturan BKN 3/2023: n/12 x percentage x coefficient, of every level held in the period."""
    here = await evaluating(evaluation_db, client_of, clock)
    made = await credited(here, *held_positions, **change)
    assert made is not None
    details = made["details"]
    assert details["points"] == points
    found = [details[f"points_{one + 1}"] for one in range(len(parts))] if len(parts) > 1 else [details["points"]]
    assert found == parts
    assert details["points_shown"] in made["basis_en"]


async def test_a_government_employee_with_a_work_agreement_collects_no_credit_points(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Peraturan BKN 3/2023 art. 1: functional officials are PNS."""
    here = await evaluating(evaluation_db, client_of, clock)
    assert await credited(here, held(None, "AHLI_MUDA", employment="PPPK")) is None


async def test_what_is_known_already_is_not_overwritten_by_what_is_older(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await told(here, held(None, "AHLI_MUDA"), revision=5)
    made = await credited(here, held(None, "PENGAWAS"))
    assert made is not None
    assert made["details"]["level"] == "AHLI_MUDA"


async def test_the_account_adds_what_was_brought_to_what_was_accepted_and_names_what_is_missing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    made = await credited(here, held(None, "AHLI_PERTAMA"), held(APRIL, "AHLI_MUDA"))
    assert made is not None
    path = f"/servants/{here.ani}"
    before = await here.get(here.ani, f"{path}/credit-points")
    assert before["level"] is None  # the copy of people still says that she is in an administrative position
    assert [(one["level"], one["points"], one["decided"]) for one in before["lines"]] == [
        ("AHLI_PERTAMA", "3.125", False),
        ("AHLI_MUDA", "6.250", False),
    ]
    decision = {"proposal_ids": [made["id"]], "accepted": True, "reason": "PAK ditetapkan"}
    await here.post(here.office.office, "/proposals/decisions", decision)
    await here.call("PUT", here.rater, f"{path}/credit-balance", BALANCE, status=403)
    await here.call("PUT", here.office.office, f"{path}/credit-balance", BALANCE | {"level": "PENGAWAS"}, status=422)
    brought = BALANCE | {"level": "AHLI_PERTAMA", "points": "96.875"}
    after = await here.call("PUT", here.office.office, f"{path}/credit-balance", brought)
    assert [(one["level"], one["total"]) for one in after["lines"]] == [
        ("AHLI_PERTAMA", "96.875"),
        ("AHLI_PERTAMA", "100.000"),
        ("AHLI_MUDA", "6.250"),
    ]
    assert await here.get(here.ani, f"{path}/credit-points") == after
    await here.get(here.rater, f"{path}/credit-points", status=403)
