"""Who is asked hangs on a secret of the cycle: as fair as before, and what one knows oneself tells nothing of the others.

The secret is drawn many times over here, as many cycles would: what a ring shows by its structure, and not by one draw.
"""

from collections import Counter
from math import sqrt
from statistics import fmean, pstdev
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kit.db import Database
from services.evaluation.assessments.commands.peers import nominate
from services.evaluation.cycles.queries.context import context_of
from tests.anonymity.town import SECTIONS, STAFF, Town
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, scene
from tests.support.clock import SetClock
from tests.support.databases import Databases

pytestmark = pytest.mark.connected

WANTED = 4
DRAWS = 40
Choice = dict[UUID, frozenset[UUID]]
"""Who is asked about each person."""


async def _draw(here: Scene) -> Choice:
    """As the opening of the evaluation chooses."""
    async with here.database.transaction(here.tenant_id) as session:
        await nominate(session, await context_of(session, here.cycle_id), wanted=WANTED)
    looking = text("select a.servant_id, n.peer_id from peer_nominations n join appraisals a on a.id = n.appraisal_id")
    async with here.database.transaction(here.tenant_id) as session:
        rows = (await session.execute(looking)).all()
    return {
        one: frozenset(row.peer_id for row in rows if row.servant_id == one) for one in {row.servant_id for row in rows}
    }


async def _secret(here: Scene) -> bytes:
    async with here.database.transaction(here.tenant_id) as session:
        return bytes((await session.scalars(text("select secret from peer_secrets"))).one())


async def _forget(here: Scene, databases: Databases) -> None:
    """As if it were another cycle; the service itself may not."""
    connection = await asyncpg.connect(databases.postgres.uri(here.database.engine.url.database or ""))
    try:
        await connection.execute("delete from peer_nominations; delete from peer_secrets")
    finally:
        await connection.close()


async def test_what_one_assesses_oneself_tells_nothing_of_who_else_assesses_whom(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, databases: Databases
) -> None:
    """In a ring in which one assesses one's neighbours, half of those whom one assesses assess each other."""
    here = await scene(evaluation_db, client_of, clock, "sawahlunto", kind=Town)
    neighbours, back = list[float](), list[float]()
    for _ in range(DRAWS):
        choice = await _draw(here)
        for at in range(SECTIONS):
            section = here.office.staff[at * STAFF : (at + 1) * STAFF]
            mine = {me: [one for one in section if me in choice[one]] for me in section}
            pairs = [(one, other) for me in section for one in mine[me] for other in mine[me] if one != other]
            neighbours.append(fmean(other in choice[one] for one, other in pairs))
            back.append(fmean(one in choice[me] for me in section for one in mine[me]))
        await _forget(here, databases)
    _is_by_chance(
        neighbours, (WANTED - 1) / (STAFF - 2)
    )  # one of the four is the insider, and so is one of the thirteen
    _is_by_chance(back, WANTED / (STAFF - 1))


def _is_by_chance(reached: list[float], expected: float) -> None:
    """Within five standard errors of what somebody guesses who knows nothing."""
    error = pstdev(reached) / sqrt(len(reached))
    assert abs(fmean(reached) - expected) <= 5 * error, f"{fmean(reached):.3f}, by chance {expected:.3f} +- {error:.3f}"


async def test_everybody_gives_as_many_as_he_or_she_gets(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, "sawahlunto", kind=Town)
    choice = await _draw(here)
    given = Counter(peer for one in here.office.staff for peer in choice[one])
    assert given == dict.fromkeys(here.office.staff, WANTED)
    assert {len(choice[one]) for one in here.office.staff} == {WANTED}


async def test_each_cycle_draws_anew_and_a_repeated_call_draws_nothing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, databases: Databases
) -> None:
    """A retried activity finds the choice as it was; the same people in another cycle are asked about others."""
    here = await scene(evaluation_db, client_of, clock, "sawahlunto", kind=Town)
    first, secret = await _draw(here), await _secret(here)
    assert (await _draw(here), await _secret(here)) == (first, secret)
    await _forget(here, databases)
    second = await _draw(here)
    assert len(secret) == len(await _secret(here)) >= 32
    assert await _secret(here) != secret
    assert sum(first[one] == second[one] for one in here.office.staff) < len(here.office.staff) / 10


@pytest.mark.parametrize("change", ["update peer_secrets set secret = secret", "delete from peer_secrets"])
async def test_the_service_itself_can_neither_change_nor_forget_a_secret(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, change: str
) -> None:
    here = await scene(evaluation_db, client_of, clock, "sawahlunto", kind=Town)
    await _draw(here)
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with here.database.transaction(here.tenant_id) as session:
            await session.execute(text(change))
