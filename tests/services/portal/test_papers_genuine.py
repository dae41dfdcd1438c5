"""The pages where a code on a paper leads: for anybody, without signing in, and of whom a paper is they never say."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import httpx2
import pytest
from cryptography.fernet import Fernet
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from kit.actor import Actor
from kit.db import Database
from services.portal.api import build
from services.portal.papers.commands import File, make
from services.portal.settings import PortalSettings
from services.portal.web.words import say
from tests.conftest import DatabaseOf, SettingsOf
from tests.support.papers.people import ADDRESS, HEAD, SERVANT
from tests.support.papers.results import result

pytestmark = pytest.mark.connected


@pytest.fixture
def portal_db(database_of: DatabaseOf) -> Database:
    return database_of("portal")


@pytest.fixture
async def visitor(portal_db: Database, settings_of: SettingsOf) -> AsyncIterator[httpx2.AsyncClient]:
    own = {"portal_keys": Fernet.generate_key().decode(), "portal_client_secret": "rahasia"}
    settings = PortalSettings(**settings_of(portal_db).model_dump(exclude_unset=True) | own)
    transport = httpx2.ASGITransport(app=build(settings, portal_db))
    async with httpx2.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


@pytest.fixture
async def file(portal_db: Database) -> File:
    def copies() -> AbstractAsyncContextManager[AsyncSession]:
        return portal_db.transaction(HEAD.tenant_id, Actor(new_id(), HEAD.tenant_id))

    return await make(copies, result(), address=ADDRESS)


def _says(answer: httpx2.Response, verdict: str, language: str = "id") -> bool:
    return answer.status_code == 200 and say(language, f"papers.verdict_{verdict}") in answer.text


async def test_the_code_on_a_paper_leads_to_a_page_that_knows_it_and_names_nobody(
    visitor: httpx2.AsyncClient, file: File
) -> None:
    answer = await visitor.get(f"/keaslian/{file.code}")
    assert _says(answer, "known")
    assert "Dokumen evaluasi kinerja (D.1.1)" in answer.text
    assert SERVANT.name not in answer.text
    assert SERVANT.nip not in answer.text


async def test_a_genuine_file_and_a_changed_one_are_told_apart(visitor: httpx2.AsyncClient, file: File) -> None:
    path = f"/keaslian/{file.code}"
    assert _says(await visitor.post(path, files={"berkas": ("a.pdf", file.content)}), "genuine")
    assert _says(await visitor.post(path, files={"berkas": ("a.pdf", file.content[:-1] + b" ")}), "changed")


async def test_a_code_that_was_typed_is_looked_up_and_one_that_is_none_is_unknown(
    visitor: httpx2.AsyncClient, file: File
) -> None:
    assert (await visitor.get("/keaslian")).status_code == 200
    typed = await visitor.get("/keaslian", params={"kode": file.code.lower().replace("-", " ")}, follow_redirects=True)
    assert _says(typed, "known")
    strange = await visitor.get("/keaslian", params={"kode": "<script>/../x"}, follow_redirects=True)
    assert _says(strange, "unknown")
    assert "<script>/" not in strange.text


async def test_the_page_speaks_english_as_well(visitor: httpx2.AsyncClient, file: File) -> None:
    answer = await visitor.get(f"/bahasa?b=en&ke=/keaslian/{file.code}", follow_redirects=True)
    assert _says(
        await visitor.get(f"/keaslian/{file.code}") if not _says(answer, "known", "en") else answer, "known", "en"
    )
