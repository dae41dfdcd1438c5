"""Official forms over HTTP: made for who may read them, recognised by anybody, a changed one as such."""

import io
import re

import pytest
import pytest_asyncio
from pypdf import PdfReader

from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import SERVANT

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planned(house: House) -> House:
    """The town when Ani's plan is set."""
    await house.town.until("2026-01-08")
    await house.acts.propose("ani")
    await house.acts.agree("kabid_a", "ani", "2026-01-08")
    return house


async def test_a_plan_is_a_paper_for_who_may_read_it(planned: House) -> None:
    plan = (await planned.acts.plan("ani"))["id"]
    found = {}
    for who in ("ani", "kabid_a", "budi"):
        async with planned.visitor(who) as client:
            found[who] = await client.get(f"/berkas/rencana/{plan}.pdf")
    assert [one.status_code for one in found.values()] == [200, 200, 403]
    assert found["ani"].content == found["kabid_a"].content
    document = PdfReader(io.BytesIO(found["ani"].content))
    assert "/StructTreeRoot" in document.root_object
    assert "ani" in document.pages[0].extract_text()


async def test_the_forms_are_two_presses_away(planned: House) -> None:
    async with planned.seated("ani", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Rencana")
        form = PdfReader(io.BytesIO(await at.file("Unduh rencana sebagai formulir resmi")))
        assert "ani" in form.pages[0].extract_text()
        at.within(SERVANT, "forms")
        evaluation = PdfReader(io.BytesIO(await at.file("Unduh evaluasi siklus sebagai formulir resmi")))
        assert "ani" in evaluation.pages[0].extract_text()
        await page.goto("/saya")
        assert (await at.file("Unduh berkas kinerja saya")).startswith(b"%PDF")


async def test_anybody_verifies_a_paper_and_a_changed_one_is_recognised(planned: House) -> None:
    plan = (await planned.acts.plan("ani"))["id"]
    async with planned.visitor("ani") as client:
        paper = await client.get(f"/berkas/rencana/{plan}.pdf")
        code = re.findall(r"plan-(.+)\.pdf", paper.headers["Content-Disposition"])[0]
        client.cookies.clear()
        assert "pernah dibuat di sini" in (await client.get(f"/keaslian/{code}")).text
        same = await client.post(f"/keaslian/{code}", files={"berkas": ("a.pdf", paper.content)})
        assert "Asli:" in same.text
        changed = await client.post(f"/keaslian/{code}", files={"berkas": ("a.pdf", paper.content + b" ")})
        assert "Tidak asli" in changed.text
        assert "tidak pernah dibuat" in (await client.get("/keaslian?kode=16.71-XXXX")).text
        assert "ani" not in re.sub(r"<[^>]+>", " ", same.text).split()


async def test_one_has_the_own_file_and_nobody_elses(planned: House) -> None:
    own = planned.acts.id_of("ani")
    for who, status in (("ani", 200), ("budi", 404)):
        async with planned.visitor(who) as client:
            answer = await client.get(f"/berkas/pegawai/{own}.pdf")
            assert answer.status_code in ((200,) if status == 200 else (403, 404)), who


async def test_the_page_of_a_known_paper_says_what_it_is_of_whom_and_when_in_both_languages(planned: House) -> None:
    plan = (await planned.acts.plan("ani"))["id"]
    async with planned.visitor("ani") as client:
        paper = await client.get(f"/berkas/rencana/{plan}.pdf")
    code = re.findall(r"plan-(.+)\.pdf", paper.headers["Content-Disposition"])[0]
    says = {
        "id": ("Sasaran Kinerja Pegawai (SKP)", "dari Kota Contoh", "8 Januari 2026", "tidak ditampilkan di sini"),
        "en": ("Performance plan (SKP)", "of Kota Contoh", "8 January 2026", "is not shown here"),
    }
    async with planned.seat() as context:
        page = await context.new_page()
        for language, words in says.items():
            await page.goto(f"/bahasa?b={language}&ke=/keaslian/{code}")
            told = await page.get_by_role("status").inner_text()
            assert [one for one in words if one not in told] == []
            assert await looking.violations(page) == []
            await page.set_viewport_size(looking.NARROW)
            assert [*await looking.too_wide(page), *await looking.small_texts(page)] == []
            await page.set_viewport_size(looking.ORDINARY)
