"""Whoever runs the system is led from an alert to its runbook, sees sign-ins that failed, and pauses the city."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from contracts.base import Role
from kinerja.stack.ports import HOST, choose
from services.portal.operations.alerts import LEAST_SIGN_INS
from services.portal.runbooks.declared import Alert, title
from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OPERATIONS
from tests.workflows.year.place import CAST

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
PAGE = "/operasional"


async def test_an_alert_leads_to_its_runbook_in_one_press(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    free = choose(["nobody"], {})["nobody"]
    async with (
        house.seated("kominfo", PAGE) as page,
        httpx2.AsyncClient(base_url=f"http://{HOST}:{free}") as nobody,
    ):
        await page.get_by_text("Tidak ada peringatan").wait_for()
        monkeypatch.setitem(house.portal.state.services._clients, "notify", nobody)
        await page.reload()
        assert await page.get_by_text("Tidak ada peringatan").count() == 0
        at = Presses(page)
        await at.link("Layanan tidak menjawab: notify")
        await page.get_by_role("heading", name="Panduan: Layanan tidak menjawab").wait_for()
        at.within(OPERATIONS, "alert")
        heads = await page.get_by_role("main").locator("h2").all_inner_texts()
        assert heads == [
            "Artinya",
            "Akibatnya bagi pegawai",
            "Cara memeriksa",
            "Yang dilakukan",
            "Cara membatalkan",
            "Siapa yang dihubungi",
        ]
        assert "docker compose ps" in await page.locator("code").all_inner_texts()
        assert await looking.violations(page) == []


async def test_every_runbook_is_a_page_in_both_languages_and_no_other_is(house: House) -> None:
    async with house.visitor("kominfo") as client:
        listed = re.findall(rf'href="{PAGE}/panduan/([\w-]+)"', (await client.get(PAGE)).text)
        assert listed[-len(Alert) :] == [one.value for one in Alert]
        for language in ("id", "en"):
            for one in Alert:
                page = await client.get(f"/bahasa?b={language}&ke={PAGE}/panduan/{one}")
                assert page.status_code == 200
                assert title(language, one) in page.text.replace("&#39;", "'")
        await client.get("/bahasa?b=id")
        assert (await client.get(f"{PAGE}/panduan/tidak-ada")).status_code == 404
    for who in ("ani", "petugas"):
        async with house.visitor(who) as client:
            for path in ("/panduan/slow", "/jeda"):
                assert (await client.get(f"{PAGE}{path}")).status_code == 403


async def test_sign_ins_that_failed_stand_on_the_page_of_operations(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = choose(["no-issuer"], {})["no-issuer"]
    async with house.visitor("ani") as client:
        client.cookies.clear()

        async def back(*, code: str = "", state: str = "") -> int:
            begun = await client.get("/masuk", follow_redirects=False)
            own = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
            answer = await client.get("/masuk/kembali", params={"code": code, "state": state or own})
            return answer.status_code

        assert (await client.get("/masuk/kembali?code=x&state=y")).status_code == 400
        assert await back(code="x", state="another") == 400
        assert await back() == 400
        assert await back(code="invented") == 400
        addresses = house.portal.state.issuer._addresses
        monkeypatch.setitem(addresses, "token_endpoint", f"http://{HOST}:{free}/token")
        for _ in range(LEAST_SIGN_INS - 2):
            assert await back(code="x") == 503
    monkeypatch.undo()
    async with house.seated("kominfo", PAGE) as page:
        at = Presses(page)
        table = page.get_by_role("region", name="Kegagalan masuk tujuh hari terakhir")
        heads = await table.locator("thead th").all_inner_texts()
        [row] = [await one.locator("th, td").all_inner_texts() for one in await table.locator("tbody tr").all()]
        counted = dict(zip(heads[1:], map(int, row[1:]), strict=True))
        assert counted == {
            "Terlambat atau peramban lain": 1,
            "Jawaban bukan milik peramban ini": 1,
            "Penyedia menolak": 2,
            "Token tidak berlaku": 0,
            "Penyedia tidak menjawab": LEAST_SIGN_INS - 2,
        }
        at.within(OPERATIONS, "sign-ins")
        assert not [name for name in CAST if re.search(rf"\b{name}\b", await table.inner_text())]
        await page.get_by_role("link", name=f"Orang gagal masuk, hari ini {LEAST_SIGN_INS} kali").wait_for()
        assert await looking.violations(page) == []


async def test_a_city_is_paused_and_resumed_with_a_reason_in_two_presses(house: House) -> None:
    cycle = house.acts.cycle
    async with house.seated("kominfo", PAGE) as page:
        at = Presses(page)
        await at.link("Jeda kota")
        await at.button("Jeda semua")
        await page.get_by_role("link", name="Tulis alasannya").wait_for()
        assert await page.locator("#pause-reason-error").count() == 1
        at.count -= 1  # of the form that was not right yet
        await at.type("Alasan jeda", "Pusat data padam")
        await at.button("Jeda semua")
        at.within(OPERATIONS, "pause")
        assert ": dijeda" in await page.get_by_role("status").inner_text()
        assert await page.get_by_role("button", name="Jeda semua").count() == 0
        assert await looking.violations(page) == []
        standing = await house.acts.get("ani", "evaluation", f"/cycles/{cycle}/standing")
        assert standing["state"] == "PAUSED"
        await page.goto(PAGE)
        at = Presses(page)
        await at.link("Jeda kota")
        await at.type("Alasan melanjutkan", "Listrik sudah kembali")
        await at.button("Lanjutkan semua")
        at.within(OPERATIONS, "pause")
        assert ": berjalan kembali" in await page.get_by_role("status").inner_text()
    done = (await house.acts.get("ani", "evaluation", f"/cycles/{cycle}/interventions"))["items"]
    operator = next(str(one.sub) for one in house.others if one.roles == (Role.OPERATIONS.value,))
    assert [(one["kind"], one["done_by"], one["reason"]) for one in done] == [
        ("PAUSED", operator, "Pusat data padam"),
        ("RESUMED", operator, "Listrik sudah kembali"),
    ]
    await house.town.deliver()
    told = (await house.acts.get("petugas", "notify", "/inbox"))["items"]
    assert [one for one in told if "Pusat data padam" in one["body"]]


async def test_operations_neither_extend_nor_cancel(house: House) -> None:
    async with house.visitor("kominfo") as client:
        assert (await client.get(f"/pengelola/siklus/{house.acts.cycle}")).status_code == 403
