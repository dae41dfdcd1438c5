"""The delivery log in the browser: who did not get a mail, one person's mails, and one that is sent again."""

import pytest
from sqlalchemy import text

from tests.portal import looking
from tests.portal.house import House
from tests.portal.presses import Presses
from tests.portal.tasks import OFFICE
from tests.portal.years import nip_of
from tests.workflows.year.place import CITY

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
_FAIL = text("""
update deliveries d set state = 'FAILED', attempts = 5, error = '550 no such mailbox'
from notices n where n.tenant_id = d.tenant_id and n.id = d.notice_id and d.channel = 'EMAIL' and n.person_id = :person
""")


async def _refused(house: House, who: str) -> None:
    """The mail server has refused somebody's mails."""
    async with house.town.databases["notify"].transaction(CITY) as session:
        await session.execute(_FAIL, {"person": house.acts.id_of(who)})


async def test_who_did_not_get_the_mail_is_one_press_away_and_it_is_sent_again(house: House) -> None:
    await _refused(house, "ani")
    async with house.seated("petugas", "/pengelola", java_script_enabled=False) as page:
        at = Presses(page)
        await at.link("Surel yang dikirim")
        rows = page.locator("tbody tr")
        at.within(OFFICE, "deliveries")
        assert {await rows.nth(place).locator("th").inner_text() for place in range(await rows.count())} == {"ani"}
        assert "550 no such mailbox" in await rows.first.inner_text()
        failed = await rows.count()
        await at.button("Kirim lagi", exact=False)
        await page.get_by_text("Surel dikirim lagi").wait_for()
        assert await rows.count() == failed - 1
    mails = f"/deliveries?channel=EMAIL&person_id={house.acts.id_of('ani')}"
    again = (await house.acts.get("petugas", "notify", f"{mails}&state=PENDING"))["items"]
    assert [(one["attempts"], one["error"]) for one in again] == [(0, None)]


async def test_mails_are_found_by_person(house: House) -> None:
    async with house.seated("petugas", "/pengelola/pengiriman?keadaan=ALL") as page:
        assert await looking.violations(page) == []
        at = Presses(page)
        await at.type("NIP pegawai", await nip_of(house, "budi"))
        await at.button("Tampilkan")
        await page.get_by_text("Surel kepada budi.").wait_for()
        names = await page.locator("tbody tr th").all_inner_texts()
        assert set(names) == {"budi"}
        await at.type("NIP pegawai", "123")
        await at.button("Tampilkan")
        await page.get_by_role("link", name="Tidak ada pegawai dengan NIP ini").wait_for()
        assert await page.locator("tbody tr").count() == 0
    async with house.seated("petugas", f"/pengelola/orang/{house.acts.id_of('citra')}") as page:
        await Presses(page).link("Surel yang dikirim")
        assert set(await page.locator("tbody tr th").all_inner_texts()) == {"citra"}


async def test_nobody_else_reads_the_log(house: House) -> None:
    async with house.visitor("kadis") as client:
        assert (await client.get("/pengelola/pengiriman")).status_code == 403
