"""Official forms made in a real town: every service answers, the copies name the people, and the code leads to its page."""

from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from kit.actor import Actor
from kit.errors import Forbidden
from services.portal.papers.commands import File, make
from services.portal.papers.queries.evaluations import evaluation_paper
from services.portal.papers.queries.files import file_paper
from services.portal.papers.queries.plans import plan_paper
from services.portal.papers.queries.reads import Asked, letterhead
from services.portal.papers.rules.parts import Side
from services.portal.upstream.refusals import Refusal
from services.portal.upstream.services import Asking
from services.portal.web.words import say
from tests.portal.house import House
from tests.support.issuer import Issuer
from tests.workflows.year.place import CITY, ROLES

BROWSER = False
pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]


class Desk:
    """Where somebody of the town asks for papers."""

    def __init__(self, house: House, issuer: Issuer, who: str) -> None:
        self._house = house
        self.id = house.town.diary.id_of(who)
        token = issuer.header(self.id, CITY, *ROLES.get(who, ()))["Authorization"].removeprefix("Bearer ")
        self.reads = Asked(Asking(house.portal.state.services, token, "id"), self.copies)

    def copies(self) -> Any:
        """A transaction in the portal's database."""
        return self._house.portal.state.database.transaction(CITY, Actor(self.id, CITY))

    async def made(self, paper: Any) -> File:
        """The paper as a file."""
        return await make(self.copies, paper, address=self._house.portal_url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planned(house: House) -> House:
    """The town when a plan is set."""
    await house.acts.read_the_standard("ani")
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    return house


async def test_a_servant_and_the_rater_get_the_same_plan_byte_for_byte(planned: House, issuer: Issuer) -> None:
    plan = UUID((await planned.acts.plan("ani"))["id"])
    files = []
    for who in ("ani", "kabid_a"):
        desk = Desk(planned, issuer, who)
        paper = await plan_paper(desk.reads, await letterhead(desk.reads, CITY), plan)
        assert [one.side for one in paper.signatures] == [Side.SERVANT, Side.RATER]
        assert all(one.at is not None and one.person.nip for one in paper.signatures)
        assert len(paper.behaviours) == 7
        files.append(await desk.made(paper))
    assert files[0] == files[1]


async def test_whoever_may_not_read_a_plan_gets_no_paper_of_it(planned: House, issuer: Issuer) -> None:
    plan, desk = UUID((await planned.acts.plan("ani"))["id"]), Desk(planned, issuer, "budi")
    with pytest.raises(Refusal) as refused:
        await plan_paper(desk.reads, await letterhead(desk.reads, CITY), plan)
    assert refused.value.status in (403, 404)


async def test_an_evaluation_and_ones_own_file_are_made_of_what_every_service_answers(
    planned: House, issuer: Issuer
) -> None:
    desk = Desk(planned, issuer, "ani")
    head = await letterhead(desk.reads, CITY)
    evaluation = await evaluation_paper(desk.reads, head, UUID((await planned.acts.plan("ani"))["id"]))
    assert (evaluation.predicate, evaluation.servant.id) == (None, desk.id)
    assert (await desk.made(evaluation)).content.startswith(b"%PDF")
    kept = await file_paper(desk.reads, head, desk.id)
    assert kept.servant.nip
    assert (await desk.made(kept)).content.startswith(b"%PDF")


async def test_a_rater_who_reads_the_profile_gets_no_file_of_the_servant(planned: House, issuer: Issuer) -> None:
    rater, own = Desk(planned, issuer, "kabid_a"), planned.town.diary.id_of("ani")
    assert (await rater.reads.get("evaluation", f"/servants/{own}/profile"))["servant_id"] == str(own)
    with pytest.raises(Forbidden):
        await file_paper(rater.reads, await letterhead(rater.reads, CITY), own)


async def test_the_code_on_a_paper_leads_to_a_page_of_this_portal_that_knows_it(planned: House, issuer: Issuer) -> None:
    desk = Desk(planned, issuer, "ani")
    plan = UUID((await planned.acts.plan("ani"))["id"])
    file = await desk.made(await plan_paper(desk.reads, await letterhead(desk.reads, CITY), plan))
    async with planned.visitor("budi") as anybody:
        answer = await anybody.post(f"/keaslian/{file.code}", files={"berkas": (file.name, file.content)})
    assert say("id", "papers.verdict_genuine") in answer.text
