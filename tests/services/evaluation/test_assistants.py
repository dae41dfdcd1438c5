"""Staff without a computer: an assistant reads the result with the person and acknowledges it for him or her."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase, Role, new_id
from contracts.evaluation.assistance import EnteredOnBehalf
from contracts.registry.assistants import AssistantDeclared
from directory import take
from kit.assistance import HEADER
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Ani's result was delivered; her rater, who is in it as well, has the same assistant as she."""
    made = await evaluating(evaluation_db, client_of, clock)
    await made.lead(Phase.DISCLOSURE)
    await made.provisional(made.ani, points=90)
    await made.issue(made.ani, made.rater)
    await made.deliver(made.ani)
    for person in (made.ani, made.rater):
        told = AssistantDeclared(
            tenant_id=made.tenant_id,
            declaration_id=new_id(),
            servant_id=person,
            assistant_id=_assistant(made),
            since=date(2026, 1, 1),
            until=None,
            reason="Tanpa komputer",
        )
        async with made.database.transaction(made.tenant_id) as session:
            await take.take_assistant(session, told)
    return made


def _assistant(here: Scene) -> UUID:
    return here.office.staff[2]


async def _ask(here: Scene, method: str, path: str, person: UUID, *roles: Role) -> Any:
    headers = here.client.as_(_assistant(here), here.tenant_id, *roles) | {HEADER: str(person)}
    return await here.client.request(method, f"/v1{path}", headers=headers)


async def test_an_assistant_reads_the_persons_result_and_acknowledges_it_and_both_are_recorded(here: Scene) -> None:
    [mine] = (await _ask(here, "GET", "/results", here.ani)).json()["items"]
    path = f"/results/{mine['id']}"
    assert (await _ask(here, "GET", f"{path}/explanation", here.ani)).status_code == 200
    received = await _ask(here, "POST", f"{path}/acknowledgement", here.ani)
    assert (received.status_code, received.json()["deemed"]) == (200, False)
    [told] = await emitted_of(here.database, EnteredOnBehalf)
    assert (told.servant_id, told.assistant_id) == (here.ani, _assistant(here))
    assert told.act == f"POST /v1{path}/acknowledgement"


async def test_for_a_rater_an_assistant_sees_what_is_the_raters_own_and_nobody_elses(here: Scene) -> None:
    [mine] = (await _ask(here, "GET", "/results", here.ani)).json()["items"]
    listed = (await _ask(here, "GET", "/results", here.rater, Role.PERFORMANCE_OFFICE)).json()["items"]
    assert {one["servant_id"] for one in listed} <= {str(here.rater)}
    refused = await _ask(here, "GET", f"/results/{mine['id']}", here.rater)
    assert refused.status_code == 403
    assert await emitted_of(here.database, EnteredOnBehalf) == []
