"""Work results that the leader took over stand on the form of the evaluation, with their notes."""

import pytest

from contracts.base import new_id
from contracts.feedback.support import WorkResultTakenOver
from kit.db import Database
from services.evaluation.appraisals.commands import facts
from tests.conftest import ClientOf
from tests.services.evaluation.scene import evaluating
from tests.support.arriving import arrive
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected


async def test_the_note_about_a_result_that_was_taken_over_stands_on_the_form(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 art. 20: the note of the leader who took a work result over counts in the evaluation."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    event = WorkResultTakenOver(
        tenant_id=here.tenant_id,
        cycle_id=here.cycle_id,
        servant_id=here.ani,
        take_over_id=new_id(),
        leader_id=here.rater,
        result="Laporan tahunan",
        note="Tidak ada draf sampai akhir triwulan",
    )
    for _ in range(2):
        await arrive(evaluation_db, event, facts.take_taken_over)
    path = f"/appraisals/{here.appraisals[here.ani]}"
    [noted] = (await here.get(here.rater, f"{path}/form"))["taken_over"]
    assert (noted["result"], noted["note"], noted["leader_id"]) == (event.result, event.note, str(here.rater))
    for reader in (here.ani, here.authority, here.office.office):
        assert [one["note"] for one in (await here.get(reader, path))["taken_over"]] == [event.note]
    peer, *_ = await here.peers(here.ani)
    assert (await here.get(peer, f"{path}/form"))["taken_over"] is None
    other = f"/appraisals/{here.appraisals[here.office.staff[1]]}/form"
    assert (await here.get(here.rater, other))["taken_over"] == []


async def test_what_is_told_of_somebody_who_takes_no_part_is_passed_over(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    event = WorkResultTakenOver(
        tenant_id=here.tenant_id,
        cycle_id=here.cycle_id,
        servant_id=new_id(),
        take_over_id=new_id(),
        leader_id=here.rater,
        result="Laporan",
        note="Tidak ada kemajuan",
    )
    await arrive(evaluation_db, event, facts.take_taken_over)
    assert (await here.read(here.ani))["taken_over"] == []
