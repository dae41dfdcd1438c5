"""What the office owes about an officer, or about whom she is tied to, is owed and done by somebody else."""

import pytest
from sqlalchemy import text

from contracts.base import Phase
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import RATINGS, Scene, evaluating
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected


async def found_about_the_officer(here: Scene) -> str:
    """Superior and colleagues are far apart about the only officer."""
    rater = here.office.panel[1]
    await here.plan(here.office.office)
    await here.assess(here.office.office, rater, points=110)
    await here.colleagues_answer(points=20)
    return str(here.appraisals[here.office.office])


async def test_a_finding_about_the_only_officer_falls_to_the_appointing_authority(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    finding = await found_about_the_officer(here)
    [owed] = await here.obligations("MODERATE", here.office.office)
    assert (owed["debtor_id"], owed["office_id"]) == (here.office.head, here.office.head)
    because, question = {"reason": "sudah diperiksa"}, {"question": "mengapa berbeda jauh?"}
    for path, body in (
        (f"/appraisals/{finding}/moderation", because),
        (f"/moderations/{finding}/closing", because),
        (f"/moderations/{finding}/question", question),
    ):
        told = await here.post(here.office.office, path, body, status=403)
        assert told["acts_instead"] == str(here.office.head)
        await here.post(here.office.sekda, path, body, status=403)
    # Who is to close it finds it.
    assert [one["id"] for one in (await here.get(here.office.head, "/moderations"))["items"]] == [finding]
    closed = await here.post(here.office.head, f"/moderations/{finding}/closing", because)
    assert closed["decided_by"] == str(here.office.head)
    assert [one["state"] for one in await here.obligations("MODERATE", here.office.office)] == ["DONE"]


async def test_an_officer_to_whom_it_fell_does_not_rate_who_rates_her(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Where the top official is silent, the office takes over what is above; not an officer about her own rater."""
    here = await evaluating(evaluation_db, client_of, clock)
    [owed] = await here.obligations("ASSESS", here.office.panel[1])
    assert (owed["debtor_id"], owed["superior_id"]) == (here.office.sekda, here.office.head)
    handing = text("update obligations set debtor_id = :officer where id = :id")
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(handing, {"officer": here.office.office, "id": owed["id"]})
    body = RATINGS | {"scores": dict.fromkeys(here.codes, 110)}
    path = f"/appraisals/{here.appraisals[here.office.panel[1]]}/assessments"
    await here.post(here.office.office, path, body, status=403)


async def test_whom_nobody_rates_is_rated_by_an_officer_without_a_conflict(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    [owed] = await here.obligations("ASSESS", here.office.sekda)
    assert owed["debtor_id"] == here.office.office
    await here.provisional(here.office.sekda)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.office.sekda, here.office.office)
