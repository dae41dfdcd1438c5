"""PLB-11: everybody reads who looked at his or her appraisal, form and result; nobody learns by it who the colleagues are."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Role
from kit.db import Database
from kit.lookups.noting import KEPT
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.holders import declare

pytestmark = pytest.mark.connected


async def looks(here: Scene, person: UUID) -> list[Any]:
    items: list[Any] = (await here.get(person, "/lookups"))["items"]
    return items


async def kept(here: Scene) -> int:
    async with here.database.transaction(here.tenant_id) as session:
        return int((await session.execute(text("select count(*) from lookups"))).scalar_one())


async def test_whoever_reads_ones_appraisal_form_result_or_profile_is_told_to_oneself(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await declare(evaluation_db, here.tenant_id, here.office.holders)
    appraisal = f"/appraisals/{here.appraisals[here.ani]}"
    for path in (appraisal, f"{appraisal}/form", f"{appraisal}/form", f"{appraisal}/periods"):
        await here.get(here.rater, path)
    await here.get(here.ani, appraisal)
    await here.get(here.office.staff[1], appraisal, status=403)  # refused: nothing was seen
    received = await here.received(here.ani)
    result = f"/results/{received.result_id}"
    await here.get(here.authority, result)
    await here.get(here.authority, f"{result}/explanation")
    await here.get(here.office.office, f"/servants/{here.ani}/profile")
    auditor = here.office.holders[Role.AUDITOR]
    headers = here.client.as_(auditor, here.tenant_id, Role.AUDITOR)
    assert (await here.client.get(f"/v1{result}", headers=headers)).status_code == 200
    seen = await looks(here, here.ani)
    told = {(one["reader_id"], one["role"], one["record"]): one["times"] for one in seen}
    assert told == {
        (str(here.rater), "RATER", "APPRAISAL"): 1,
        (str(here.rater), "RATER", "FORM"): 2,
        (str(here.rater), "RATER", "PERIODIC_EVALUATION"): 1,
        (str(here.authority), "AUTHORITY", "RESULT"): 1,
        (str(here.authority), "AUTHORITY", "EXPLANATION"): 1,
        (str(here.office.office), "OFFICE", "PROFILE"): 1,
        (str(auditor), "AUDITOR", "RESULT"): 1,
    }
    assert all(one["reader_name"] and not one["whole_list"] for one in seen)
    assert await looks(here, here.office.staff[1]) == []
    assert await looks(here, here.rater) == []


async def test_a_list_of_everybody_is_one_look_that_everybody_in_it_is_told_of(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    office = here.office.office
    for _ in range(2):
        await here.get(office, "/appraisals", cycle_id=str(here.cycle_id))
    assert await kept(here) == 1
    for person in (here.ani, here.rater):
        (one,) = await looks(here, person)
        assert (one["whole_list"], one["role"], one["record"], one["times"]) == (True, "OFFICE", "APPRAISAL", 2)
        assert (one["reader_id"], one["cycle_id"]) == (str(office), str(here.cycle_id))
    assert await looks(here, office) == []
    await declare(evaluation_db, here.tenant_id, here.office.holders)
    leader = here.office.holders[Role.CITY_LEADER]
    headers = here.client.as_(leader, here.tenant_id, Role.CITY_LEADER)
    elsewhere = (await here.client.get("/v1/lookups", headers=headers)).json()["items"]
    assert elsewhere == [], "who stands in no cycle stands in no list of one"


async def test_a_list_that_was_narrowed_to_few_is_a_look_at_each_of_them(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.get(here.office.office, "/appraisals", servant_id=str(here.ani))
    await here.get(here.rater, "/appraisals", cycle_id=str(here.cycle_id))
    assert [(one["role"], one["whole_list"]) for one in await looks(here, here.ani)] in (
        [("OFFICE", False), ("RATER", False)],
        [("RATER", False), ("OFFICE", False)],
    )
    assert [one["role"] for one in await looks(here, here.office.staff[1])] == ["RATER"]
    assert await kept(here) == 1 + len(here.office.staff)


async def test_no_look_names_a_colleague_who_was_asked(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Whoever is asked about a person opens the form, and looks at the lists; neither is told to anybody."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    peers = await here.peers(here.ani)
    for peer in peers:
        await here.get(peer, f"/appraisals/{here.appraisals[here.ani]}/form")
        await here.get(peer, "/appraisals")
        await here.get(peer, "/results")
    assert await kept(here) == 0
    await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}/form")
    assert {one["reader_id"] for one in await looks(here, here.ani)} == {str(here.rater)}


async def test_looks_are_forgotten_after_two_years(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}")
    clock.advance(days=KEPT.days - 1)
    await here.sweep()
    assert len(await looks(here, here.ani)) == 1
    clock.advance(days=2)
    assert await looks(here, here.ani) == [], "not shown from that day on, deleted or not"
    assert await kept(here) == 1
    await here.sweep()
    assert await kept(here) == 0
