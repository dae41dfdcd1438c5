"""What comes at the same moment is computed once, whichever comes last."""

import asyncio

import pytest

from contracts.base import Phase
from contracts.evaluation.obligations import PhaseCleared
from contracts.evaluation.results import ResultIssued, ResultProvisional
from kit import kafka
from kit.db import Database
from services.evaluation import consumers
from tests.conftest import ClientOf, SettingsOf
from tests.services.evaluation.scene import evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


async def test_superior_peers_and_actuals_at_once_compute_a_result_once(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    peers = await here.peers(here.ani)
    await asyncio.gather(
        here.plan(here.ani),
        here.assess(here.ani, here.rater),
        *(here.assess_as_peer(here.ani, peer) for peer in peers),
    )
    await here.colleagues_answer()
    await asyncio.gather(here.sweep(), here.sweep())
    assert (await here.read(here.ani))["state"] == "PROVISIONAL"
    assert len(await emitted_of(evaluation_db, ResultProvisional)) == 1


async def test_the_last_two_signatures_at_once_clear_the_phase(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    ani, budi, *others = here.office.everyone[3:5]
    assert not others
    await here.lead(Phase.DISCLOSURE)
    items = [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/org-performance", {"items": items})
    for servant in here.office.everyone:
        await here.provisional(servant)
    for servant in set(here.office.everyone) - {ani, budi}:
        await here.issue(servant, here.office.rater(servant) or here.office.office)
        issued = await here.deliver(servant)
        await here.post(servant, f"/results/{issued.result_id}/acknowledgement")
    for servant in (ani, budi):
        await asyncio.gather(*(here.issue(servant, here.rater) for _ in range(3)))
    results = {one.servant_id: one.result_id for one in await emitted_of(evaluation_db, ResultIssued)}
    for servant in (ani, budi):
        await here.deliver(servant)
    await asyncio.gather(*(here.post(one, f"/results/{results[one]}/acknowledgement") for one in (ani, budi)))
    assert len(results) == len(await emitted_of(evaluation_db, ResultIssued)) == len(here.office.everyone)
    assert Phase.DISCLOSURE in {one.phase for one in await emitted_of(evaluation_db, PhaseCleared)}


async def test_every_consumer_can_be_bound(evaluation_db: Database, settings_of: SettingsOf) -> None:
    broker = kafka.broker(settings_of(evaluation_db), "evaluation")
    consumers.install(broker, evaluation_db)
    heard = ("registry", "registry.facts", "plans", "feedback", "notify")
    assert set(broker.hears) == {f"evaluation.{topic}" for topic in heard}
