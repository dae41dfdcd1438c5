"""Papers that were made: told once, recognised for ever, and nobody's business but the holder's and the city's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.portal.papers import PaperKind, PaperMade
from kit.actor import Actor
from kit.db import Database
from kit.errors import Forbidden, Refused
from services.portal.papers.commands import File, keep, make
from services.portal.papers.queries.papers import made, verify
from services.portal.papers.queries.reads import Asked
from services.portal.papers.rules.codes import hash_of
from services.portal.papers.rules.parts import Paper
from services.portal.papers.rules.verification import Verdict
from services.portal.upstream.services import Asking, Services
from tests.conftest import DatabaseOf
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.papers.every import every_paper
from tests.support.papers.people import ADDRESS, HEAD, SERVANT
from tests.support.papers.plans import plan
from tests.support.papers.results import result
from tests.support.papers.visits import visit

pytestmark = pytest.mark.connected
CITY, ANOTHER = HEAD.tenant_id, "12.75"


@pytest.fixture
def portal_db(database_of: DatabaseOf) -> Database:
    return database_of("portal")


async def _made(database: Database, paper: Paper, *, city: str = CITY, language: str = "id") -> File:
    @asynccontextmanager
    async def copies() -> AsyncIterator[AsyncSession]:
        async with database.transaction(city, Actor(new_id(), city)) as session:
            yield session

    return await make(copies, paper, address=ADDRESS, language=language)


async def test_a_paper_is_told_with_its_hashes_and_its_file_is_genuine(portal_db: Database) -> None:
    file = await _made(portal_db, plan())
    [told] = await emitted_of(portal_db, PaperMade)
    assert (told.code, told.pdf_hash, told.paper) == (file.code, hash_of(file.content), PaperKind.PLAN)
    assert (told.subject, told.subject_id) == (str(SERVANT.id), plan().subject_id)
    found = await verify(portal_db, file.code, file.content)
    assert (found.verdict, found.newer) == (Verdict.GENUINE, None)
    assert file.name == f"plan-{file.code}.pdf"


async def test_a_paper_that_is_made_again_is_the_same_file_and_is_told_once(
    portal_db: Database, clock: SetClock
) -> None:
    first = await _made(portal_db, result())
    clock.advance(days=40)
    again = await _made(portal_db, result())
    assert first == again
    assert len(await emitted_of(portal_db, PaperMade)) == 1


async def test_a_paper_that_many_make_at_once_is_told_once(portal_db: Database) -> None:
    files = await asyncio.gather(*(_made(portal_db, result()) for _ in range(6)))
    assert len({one.code for one in files}) == 1
    assert len(await emitted_of(portal_db, PaperMade)) == 1


@pytest.mark.parametrize("paper", every_paper().values(), ids=every_paper())
async def test_every_kind_of_paper_can_be_made_and_verified(portal_db: Database, paper: Paper) -> None:
    file = await _made(portal_db, paper)
    found = await verify(portal_db, file.code.lower().replace("-", " "), file.content)
    assert found.verdict is Verdict.GENUINE
    assert found.paper is not None
    assert found.paper.kind is paper.kind


async def test_a_visit_is_about_a_unit_and_about_nobody(portal_db: Database) -> None:
    await _made(portal_db, visit())
    [told] = await emitted_of(portal_db, PaperMade)
    assert (told.servant_id, told.subject) == (None, str(visit().subject_id))


async def test_a_changed_paper_is_recognised_wherever_a_byte_is_another(portal_db: Database) -> None:
    file = await _made(portal_db, result())
    for at in (0, len(file.content) // 2, len(file.content) - 1):
        changed = bytearray(file.content)
        changed[at] ^= 1
        assert (await verify(portal_db, file.code, bytes(changed))).verdict is Verdict.CHANGED
    assert (await verify(portal_db, file.code, file.content + b"\n")).verdict is Verdict.CHANGED
    assert (await verify(portal_db, file.code, b"")).verdict is Verdict.CHANGED


async def test_the_file_of_another_paper_is_a_changed_one_under_this_code(portal_db: Database) -> None:
    file, another = await _made(portal_db, result()), await _made(portal_db, plan())
    assert (await verify(portal_db, file.code, another.content)).verdict is Verdict.CHANGED


async def test_a_code_alone_tells_that_a_paper_was_made_and_nothing_of_whom(
    portal_db: Database, clock: SetClock
) -> None:
    file = await _made(portal_db, result())
    found = await verify(portal_db, file.code)
    assert found.verdict is Verdict.KNOWN
    assert found.paper is not None
    assert found.paper.made_at == clock.now()
    assert str(SERVANT.id) not in repr(found)
    assert str(result().subject_id) not in repr(found)


@pytest.mark.parametrize(
    "typed", ["", "x", "1472", "1472-00000-00000-00000-00000", "' or 1=1 --", "\0", "9" * 400, "١٤٧٢"]
)
async def test_what_is_no_code_of_a_paper_is_unknown(portal_db: Database, typed: str) -> None:
    found = await verify(portal_db, typed, b"%PDF")
    assert (found.verdict, found.paper) == (Verdict.UNKNOWN, None)


async def test_letters_that_look_like_digits_are_read_as_those(portal_db: Database) -> None:
    file = await _made(portal_db, plan())
    typed = file.code.replace("1", "I").replace("0", "O")
    assert (await verify(portal_db, typed)).verdict is Verdict.KNOWN


async def test_whoever_verifies_an_older_paper_is_told_of_the_newer_one(portal_db: Database, clock: SetClock) -> None:
    old = await _made(portal_db, plan())
    clock.advance(days=1)
    new = await _made(portal_db, plan().model_copy(update={"version": 3}))
    await _made(portal_db, plan().model_copy(update={"version": 3}), language="en")
    found = await verify(portal_db, old.code, old.content)
    assert found.verdict is Verdict.GENUINE
    assert found.newer is not None
    assert found.newer.code == new.code
    assert (await verify(portal_db, new.code)).newer is None


async def test_papers_of_one_city_are_in_no_other(portal_db: Database) -> None:
    file = await _made(portal_db, result())
    async with portal_db.transaction(ANOTHER, Actor(new_id(), ANOTHER)) as session:
        assert await made(session, file.code) is None
        assert (await session.execute(text("select count(*) from papers"))).scalar_one() == 0
    assert (await verify(portal_db, "1275" + file.code[4:], file.content)).verdict is Verdict.UNKNOWN


async def test_nobody_makes_a_paper_of_another_city(portal_db: Database) -> None:
    with pytest.raises(Forbidden):
        await _made(portal_db, result(), city=ANOTHER)
    assert await emitted_of(portal_db, PaperMade) == []


@pytest.mark.parametrize("statement", ["update papers set pdf_hash = ''", "delete from papers"])
async def test_by_what_a_paper_is_recognised_nobody_changes(portal_db: Database, statement: str) -> None:
    await _made(portal_db, result())
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with portal_db.transaction(CITY, Actor(new_id(), CITY)) as session:
            await session.execute(text(statement))


async def test_a_form_that_came_out_otherwise_is_not_handed_out(portal_db: Database) -> None:
    file = await _made(portal_db, result())
    with pytest.raises(Refused):
        async with portal_db.transaction(CITY, Actor(new_id(), CITY)) as session:
            await keep(session, result(), file.content + b" ", address=ADDRESS, language="id")


async def test_the_head_of_a_form_is_read_from_the_copies(portal_db: Database) -> None:
    unit = UUID("01940000-0000-7000-8000-000000000099")
    async with portal_db.transaction(CITY, Actor(new_id(), CITY)) as session:
        await session.execute(
            text(
                "insert into directory_units (tenant_id, id, revision, code, name, kind, scope, period_months, active)"
                " values (:city, :unit, 1, '14.72.PKM', 'Puskesmas Dumai Kota', 'CLINIC', '14.72', 6, true)"
            ),
            {"city": CITY, "unit": unit},
        )
        await session.execute(
            text(
                "insert into directory_people (tenant_id, id, revision, nip, name, email, employment_type, grade,"
                " position, position_kind, unit_id, is_head, roles, language, active, status)"
                " values (:city, :id, 1, :nip, :name, '', 'PNS', :grade, :position, 'AHLI_PERTAMA', :unit, false, '{}',"
                " 'id', true, 'ACTIVE')"
            ),
            {"city": CITY, "unit": unit} | SERVANT.model_dump(include={"id", "nip", "name", "grade", "position"}),
        )

    def copies() -> AbstractAsyncContextManager[AsyncSession]:
        return portal_db.transaction(CITY, Actor(new_id(), CITY))

    reads = Asked(Asking(Services({}), "", "id"), copies)
    assert SERVANT.id is not None
    found = await reads.people([SERVANT.id, new_id()])
    assert await reads.city() == ("Puskesmas Dumai Kota", "Asia/Jakarta")
    expected = SERVANT.model_copy(update={"unit_id": unit, "position_kind": "AHLI_PERTAMA"})
    assert found == {SERVANT.id: expected}
