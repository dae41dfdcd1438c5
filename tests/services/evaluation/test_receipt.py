"""How long the servant has to return a result: by the ladder, and less where the rater's superior has signed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from contracts.base import Phase
from contracts.evaluation.results import ResultReceived
from contracts.obligations import Ladder, ObligationKind, Rung, Step
from kit.db import Database
from obligations.legal_dates import local_date
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.policies import calendar, policy
from tests.support.told import told_of

pytestmark = pytest.mark.connected
WIB = ZoneInfo("Asia/Jakarta")
FOURTEEN = Ladder(due_days=14, rungs=(Rung(days=0, step=Step.LAPSE),))
"""Regulation clock 4 (L V.A.6)."""


async def _due(here: Scene, kind: ObligationKind) -> str:
    (obligation,) = await here.obligations(kind.value, here.ani)
    return str(local_date(obligation["due_at"], calendar()))


@pytest.mark.parametrize(("by_superior", "due"), [(False, "2026-08-21"), (True, "2026-08-11")])
async def test_a_superiors_result_is_returned_within_seven_working_days_and_a_raters_by_the_ladder(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, *, by_superior: bool, due: str
) -> None:
    """PermenPANRB 6/2022 L V.A.6 and L V.A.9-10."""
    usual = policy()
    chosen = usual.model_copy(update={"ladders": usual.ladders | {ObligationKind.ACKNOWLEDGE_RESULT: FOURTEEN}})
    here = await evaluating(evaluation_db, client_of, clock, policy=chosen)
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(here.ani)
    # Friday 31 July 2026; 17 August is Independence Day.
    clock.set(datetime(2026, 7, 31, 9, tzinfo=WIB))
    await here.sweep()
    await here.issue(here.ani, here.authority if by_superior else here.rater)
    await here.deliver(here.ani)
    assert await _due(here, ObligationKind.ACKNOWLEDGE_RESULT) == due


@pytest.mark.parametrize(
    ("swept", "received_on"),
    [
        pytest.param(datetime(2026, 8, 22, 0, 0, 1, tzinfo=WIB), "2026-08-21", id="a second after midnight"),
        pytest.param(datetime(2026, 8, 25, 9, tzinfo=WIB), "2026-08-25", id="days later"),
    ],
)
async def test_receipt_is_deemed_on_the_day_of_the_limit_and_a_late_sweep_shortens_no_window(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, swept: datetime, received_on: str
) -> None:
    """PermenPANRB 6/2022 L V.A.6 and art. 29: the fourteen working days for an objection run from the receipt."""
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(here.ani)
    clock.set(datetime(2026, 7, 31, 9, tzinfo=WIB))
    await here.sweep()
    await here.issue(here.ani, here.rater)
    await here.deliver(here.ani)
    clock.set(swept)
    await here.sweep()
    (received,) = await told_of(evaluation_db, ResultReceived)
    assert received.deemed
    assert str(local_date(received.received_at, calendar())) == received_on
    assert received.object_until == here.office_days(14, since=received.received_at)
