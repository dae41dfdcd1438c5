"""A regional head rates the top official through a delegate: what is final at once, and what the export says."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, Role, new_id
from contracts.evaluation.results import ResultIssued
from contracts.registry.personnel import ChangeKind
from kit.db import Database
from services.evaluation.appraisals.commands import personnel
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluate, evaluating, executing
from tests.services.evaluation.test_personnel import changed, relation
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.holders import declare

pytestmark = pytest.mark.connected
MAYOR, DEPUTY = new_id(), new_id()


async def headed(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """The secretary is rated by the deputy, who acts for the mayor; neither of the two has a number."""
    here = await executing(database, client_of, clock)
    await declare(database, here.tenant_id, {Role.APPOINTING_AUTHORITY: MAYOR, Role.CITY_LEADER: DEPUTY})
    office = here.office
    relations = (
        relation(here, office.sekda, DEPUTY, None),
        relation(here, office.head, office.sekda, DEPUTY).model_copy(update={"is_head": True}),
    )
    event = changed(here, office.sekda, ChangeKind.RATER, *relations)
    await arrive(database, event.model_copy(update={"acting_for_id": MAYOR}), personnel.take)
    await evaluate(here)
    return here


async def issued(here: Scene, servant: UUID, by: UUID) -> ResultIssued:
    await here.plan(servant)
    performance = {"items": [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]}
    await here.call("POST", here.office.office, f"/cycles/{here.cycle_id}/org-performance", performance)
    await here.assess(servant, by)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(servant, by)
    return [one for one in await emitted_of(here.database, ResultIssued) if one.servant_id == servant][-1]


async def rows(here: Scene) -> list[dict[str, Any]]:
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    page = await here.get(here.office.office, f"/cycles/{here.cycle_id}/export")
    return list(page["items"])


async def test_the_delegate_of_a_regional_head_rates_and_the_export_names_the_head_as_no_civil_servant(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A.12: rated by the regional head, and final without objection."""
    here = await headed(evaluation_db, client_of, clock)
    sekda = here.office.sekda
    await here.plan(sekda)
    await here.assess(sekda, here.office.office, status=403)
    result = await issued(here, sekda, DEPUTY)
    assert (result.issued_by, result.by_superior, result.final_without_objection) == (DEPUTY, False, True)
    await here.deliver(sekda)
    await here.post(sekda, f"/results/{result.result_id}/acknowledgement")
    [row] = await rows(here)
    assert (row["statusPenilai"], row["penilaiNipNrp"], row["penilaiNama"]) == ("NON ASN", "", "Appointing_Authority")
    assert (row["penilaiGolongan"], row["penilaiUnorNama"], row["penilaiJabatan"]) == ("", "", "Kepala Daerah")


async def test_the_head_of_an_agency_has_a_result_without_objection_though_somebody_stands_above_the_rater(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A.12: agency heads; the people whom they lead may object."""
    here = await headed(evaluation_db, client_of, clock)
    agency, below = here.office.head, here.office.section_head
    assert (await issued(here, agency, here.office.sekda)).final_without_objection is True
    await here.plan(below)
    await here.assess(below, agency)
    await here.issue(below, agency)
    [*_, last] = await emitted_of(here.database, ResultIssued)
    assert (last.servant_id, last.final_without_objection) == (below, False)


async def test_what_nobody_is_recorded_to_rate_is_held_back_and_names_no_subordinate(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    result = await issued(here, here.office.sekda, here.office.office)
    await here.deliver(here.office.sekda)
    await here.post(here.office.sekda, f"/results/{result.result_id}/acknowledgement")
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    page = await here.get(here.office.office, f"/cycles/{here.cycle_id}/export")
    assert (page["items"], [one["reason"] for one in page["held"]]) == ([], ["NO_RATER"])
