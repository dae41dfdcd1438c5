"""What colleagues, the office and a leader do around a result, in the browser: assessed anonymously, asked, developed."""

import re
from dataclasses import replace

import pytest

from contracts.base import Role
from tests.portal import looking
from tests.portal.house import POLICY_OF_HOUSE, House, pass_until
from tests.portal.presses import Presses
from tests.portal.tasks import LEADER, RATER, SERVANT
from tests.workflows.year.acts import BELOW
from tests.workflows.year.place import WIB

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]
POLICY = (
    POLICY_OF_HOUSE.replace(
        "{role: SUPERIOR, share: 100}",
        "{role: SUPERIOR, share: 70}\n  - {role: PEER, share: 30, minimum: 3, anonymous: true, wanted: 3}",
    )
    + "moderation: {minimum_rated: 3}\nconsequences: {recognition_predicates: [GOOD, VERY_GOOD]}\n"
)
TEAM = ("ani", "budi", "citra")
OTHERS = ("dewi", "eko", "fajar")
"""Of the other section; their rater gives all of them the same, so that the office asks why."""
ALL_BELOW = BELOW | {
    "behaviour_rating": "BELOW",
    "reasons": BELOW["reasons"] | {"behaviour_rating": "Sering tidak hadir dalam pelayanan"},
    "scores": {"behaviour": 60},
}


async def evaluated(house: House) -> None:
    """Everybody of both sections has a plan and figures, and every organisation did well: 14 January 2027."""
    acts, teams = house.acts, (("kabid_a", TEAM), ("kabid_b", OTHERS))
    await house.town.until("2026-01-08")
    for leader, team in teams:
        for who in team:
            await acts.propose(who)
            await acts.agree(leader, who, "2026-01-08")
    await pass_until(house, "2027-01-07")
    for who in (*TEAM, *OTHERS):
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await house.town.until("2027-01-14")


async def rated(house: House) -> None:
    """One of Bidang A below all expectations; Bidang B all alike."""
    await house.acts.assess("kabid_a", "ani", ALL_BELOW)
    for leader, team in (("kabid_a", ("budi", "citra")), ("kabid_b", OTHERS)):
        for who in team:
            await house.acts.assess(leader, who)


async def closed(house: House) -> None:
    """The office lets every finding stand."""
    every = await house.acts.get("petugas", "evaluation", f"/moderations?cycle_id={house.acts.cycle}&state=OPEN")
    for one in every["items"]:
        await house.acts.post(
            "petugas", "evaluation", f"/moderations/{one['id']}/closing", {"reason": "Dapat diterima"}
        )


async def followed_up(house: House) -> None:
    """Let weeks pass until the phase is open in which results have their consequences; raises AssertionError otherwise."""
    for day in ("2027-04-02", "2027-04-16", "2027-04-30", "2027-05-14", "2027-05-28"):
        await pass_until(house, day)
        if (await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/standing"))[
            "phase"
        ] == "FOLLOW_UP":
            return
    raise AssertionError("the phase did not come")


async def test_a_colleague_is_assessed_in_two_presses_and_what_is_missing_is_said(house: House) -> None:
    await evaluated(house)
    task = f"main a[href='/rekan/{house.acts.appraisal('ani')}']"
    async with house.seated("budi", java_script_enabled=False) as page:
        at = Presses(page, 1)
        await page.locator(task).click()
        await at.button("Kirim penilaian")
        assert await page.locator("#score-behaviour-error").count() == 1
        await at.type("Perilaku", "95")
        await at.type("Catatan", "Selalu membantu loket")
        await at.button("Kirim penilaian")
        await page.get_by_role("heading", name="Penilaian terkirim").wait_for()
        at.count -= 1  # of the form that was not right yet
        at.within(SERVANT, "peer")
        await page.goto("/")
        assert await page.locator(task).count() == 0
    async with house.seated("budi", f"/rekan/{house.acts.appraisal('ani')}") as page:
        assert await looking.violations(page) == []
        await page.set_viewport_size(looking.NARROW)
        assert await looking.too_wide(page) == []


async def test_no_page_says_who_assesses_a_colleague(house: House) -> None:
    """He or she owes it still: the lists of those above and of the office leave that out."""
    citra = house.acts.id_of("citra")
    async with house.visitor("citra") as client:
        assert "Nilai rekan kerja" in (await client.get("/")).text
    for who, path in (
        ("kabid_a", "/tim"),
        ("kadis", "/tim?cabang=1"),
        ("kadis", "/cabang"),
        ("petugas", f"/pengelola/orang/{citra}"),
        ("petugas", f"/pengelola/terlambat/{house.acts.cycle}"),
        ("petugas", f"/riwayat/{house.acts.id_of('ani')}"),
    ):
        async with house.visitor(who) as client:
            page = await client.get(path)
            assert page.status_code == 200
            others = re.sub(r'href="/rekan/[^"]+">[^<]*</a>', "", page.text)  # what the reader owes is a link
            assert "Nilai rekan kerja" not in others, path
    async with house.visitor("kabid_a") as client:
        assert (await client.get(f"/rekan/{house.acts.appraisal('ani')}")).status_code in (403, 404)


async def test_a_question_of_moderation_is_answered_in_three_presses(house: House) -> None:
    acts = house.acts
    await rated(house)
    await pass_until(house, "2027-02-05")
    every = (await acts.get("petugas", "evaluation", f"/moderations?cycle_id={acts.cycle}"))["items"]
    finding = next(one for one in every if one["concerns_id"] == acts.id_of("kabid_b"))
    asked = {"question": "Mengapa semua pegawai diberi nilai yang sama?"}
    await acts.post("petugas", "evaluation", f"/moderations/{finding['id']}/question", asked)
    async with house.seated("kabid_b") as page:
        at = Presses(page)
        await page.locator("main a[href^='/moderasi/']").first.click()
        at.count += 1
        assert "nilai yang sama" in await page.get_by_role("main").inner_text()
        assert await looking.violations(page) == []
        await at.button("Kirim jawaban")
        assert await page.locator("#reason-error").count() == 1
        await at.type("Penjelasan Anda", "Absensi pelayanan dilampirkan pada catatan")
        await at.button("Kirim jawaban")
        await page.get_by_text("Jawaban Anda terkirim kepada pengelola kinerja.").wait_for()
        at.count -= 1  # of the form that was not right yet
        at.within(RATER, "moderation")
    answered = await acts.get("petugas", "evaluation", f"/moderations?cycle_id={acts.cycle}")
    assert "Absensi pelayanan" in str(answered)
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/moderasi/{finding['id']}")).status_code in (403, 404)
    await closed(house)


async def test_development_is_planned_and_closed_in_three_presses_each(house: House) -> None:
    acts = house.acts
    await pass_until(house, "2027-02-10")
    await acts.sign("kabid_a", *TEAM)
    for who in TEAM:
        await acts.acknowledge(who)
    await followed_up(house)
    [action, *_] = (await acts.get("kabid_a", "feedback", f"/development-actions?cycle_id={acts.cycle}"))["items"]
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await page.locator(f"main a[href='/pengembangan/{action['id']}']").click()
        at.count += 1
        await at.choose("Pelatihan")
        await at.type("Yang dilakukan", "Diklat pelayanan publik")
        await at.type("Caranya", "Dua hari di BPSDM")
        await at.type("Paling lambat tanggal", "2027-06-30")
        await at.button("Simpan rencana")
        await page.get_by_text("Rencana pengembangan tercatat.").wait_for()
        at.within(RATER, "development")
    async with house.visitor("kabid_a") as client:  # another tab still has the form of the plan
        path = f"/pengembangan/{action['id']}"
        csrf = re.findall(r'name="csrf" value="(\w+)"', (await client.get(path)).text)[0]
        late = await client.post(
            path, data={"csrf": csrf, "form_id": "", "waits": "plan", "what": "Magang", "how": "x"}
        )
        assert (late.status_code, "Tidak terkirim" in late.text, "Magang" in late.text) == (409, True, True)
    async with house.seated("kabid_a", f"/pengembangan/{action['id']}") as page:
        assert await looking.violations(page) == []
        at = Presses(page, 1)  # the list of tasks leads here
        await at.choose("Ya")
        await at.type("Hasilnya", "Sertifikat diterima")
        await at.button("Tutup pengembangan ini")
        await page.get_by_text("Hasil pengembangan tercatat.").wait_for()
        at.within(RATER, "development")
    [closed] = [
        one
        for one in (await acts.get("kabid_a", "feedback", f"/development-actions?cycle_id={acts.cycle}"))["items"]
        if one["id"] == action["id"]
    ]
    assert (closed["what"], closed["outcome"]) == ("Diklat pelayanan publik", "Sertifikat diterima")
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/pengembangan/{action['id']}")).status_code in (403, 404)


async def test_an_officer_who_opens_the_own_page_has_looked_at_nobody(house: House) -> None:
    acts = house.acts
    developed = {one["servant_id"] for one in (await acts.get("kabid_a", "feedback", "/development-actions"))["items"]}
    who = next(one for one in TEAM if acts.id_of(one) in developed)
    before = await acts.get(who, "feedback", "/file/lookups")
    async with house.visitor("petugas") as client:
        assert (await client.get("/pengembangan")).status_code == 200
    assert await acts.get(who, "feedback", "/file/lookups") == before
    await acts.get("petugas", "feedback", "/development-actions")
    assert await acts.get(who, "feedback", "/file/lookups") != before, "a look at all of them is one"


async def test_a_month_of_improvement_is_reviewed_in_three_presses(house: House) -> None:
    acts = house.acts
    asked = f"/proposals?cycle_id={acts.cycle}&kind=IMPROVEMENT_CASE"
    [proposal] = (await acts.get("petugas", "evaluation", asked))["items"]
    decision = {"proposal_ids": [proposal["id"]], "accepted": True, "reason": "Kesempatan perbaikan diberikan"}
    await acts.post("petugas", "evaluation", "/proposals/decisions", decision)
    await house.town.deliver()
    async with house.seated("kabid_a", java_script_enabled=False) as page:
        at = Presses(page)
        await page.locator("main a[href^='/perbaikan/']").first.click()
        at.count += 1
        await at.choose("Membaik")
        await at.type("Temuan", "Kehadiran di loket membaik")
        await at.type("Langkah berikutnya", "Pendampingan tiap minggu")
        await at.button("Simpan tinjauan")
        await page.get_by_text("Tinjauan tercatat.").wait_for()
        at.within(RATER, "improvement")
    [case] = (await acts.get("kabid_a", "feedback", "/improvement-cases"))["items"]
    async with house.seated("ani", f"/perbaikan/{case['id']}") as page:
        assert "Kehadiran di loket membaik" in await page.get_by_role("main").inner_text()
        assert await page.get_by_role("main").get_by_role("button").count() == 0
        assert await looking.violations(page) == []
    async with house.visitor("dewi") as client:
        assert (await client.get(f"/perbaikan/{case['id']}")).status_code in (403, 404)


async def test_the_mayor_decides_a_recognition_in_two_presses(house: House) -> None:
    acts = house.acts
    await house.declare("bupati", Role.CITY_LEADER)
    mayor = house.others[-1]
    today = house.town.clock.now().astimezone(WIB).date().isoformat()
    appointing = {"role": Role.APPOINTING_AUTHORITY.value, "person_id": str(mayor.sub), "from": today}
    await acts.post("petugas", "registry", "/office-holders", appointing | {"reason": "Penunjukan untuk uji"})
    await house.town.changes_take_effect()
    house.others[-1] = replace(mayor, roles=(Role.CITY_LEADER.value, Role.APPOINTING_AUTHORITY.value))
    async with house.seated("bupati", "/kota") as page:
        at = Presses(page)
        await at.link("Penghargaan yang menunggu keputusan")
        at.within(LEADER, "recognitions")
        await at.button("Setujui penghargaan bagi budi")
        assert await page.get_by_text("Tulis alasan keputusannya").count() > 0
        at.count -= 1  # of the form that was not right yet
        assert await looking.violations(page) == []
        await at.type("Alasan keputusan bagi budi", "Pelayanan yang terbaik tahun ini")
        await at.button("Setujui penghargaan bagi budi")
        await page.get_by_text("Keputusan tersimpan").wait_for()
        at.within(LEADER, "decide")
        assert await page.get_by_role("button", name="Setujui penghargaan bagi budi").count() == 0
    decided = [one for one in (await acts.get("budi", "feedback", "/recognitions"))["items"] if one["decided_at"]]
    assert [(one["state"], one["reason"]) for one in decided] == [("APPROVED", "Pelayanan yang terbaik tahun ini")]
