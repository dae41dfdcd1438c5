"""Pictures of the main pages: `make pictures` takes them anew; every other run looks whether they are there and small."""

import re
from pathlib import Path

import pytest

from tests.portal.house import House, pass_until
from tests.portal.pictures import FOLDER, is_small, take
from tests.portal.presses import Presses
from tests.support.sources import ROOT
from tests.workflows.year.acts import BELOW

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(900)]
taking = pytest.mark.usefixtures("camera")
TEAM = ("ani", "budi", "citra")
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1000, "height": 800}
PICTURES = (
    *("tugas", "rencana", "catatan-ponsel", "tim", "nilai", "hasil", "mengapa", "keberatan"),
    *("meja-pengelola", "impor", "kota", "provinsi", "audit", "operasional", "publik"),
)
"""Each is taken below and shown in docs/portal/README.md."""
_SHOWN = re.compile(r"!\[[^\]]+\]\(([^)]+\.png)\)")
_WRONG = """\
nip,name,employment_type,grade,position,position_kind,unit_code,head,rater_nip,email,roles,language,since
199502022020012001,Gina Lestari,PNS,III/a,Analis,PELAKSANA,16.71.A,no,199002022020012009,gina@contoh.example,,id,2025-06-01
19880304,Hadi Wijaya,PNS,III/b,Analis,PELAKSANA,16.71.A,no,,hadi@contoh.example,,id,2024-13-01
199104052018011002,Intan Sari,PNS,III/a,Analis,PELAKSANA,16.71.Z,no,,intan@contoh.example,,id,2025-06-01
"""


@pytest.fixture(scope="module")
def camera(request: pytest.FixtureRequest) -> None:
    """Pictures are taken where somebody asks for them."""
    if not request.config.getoption("--pictures"):
        pytest.skip("make pictures takes them anew")


def _named_in(page: Path) -> list[Path]:
    return [(page.parent / one).resolve() for one in _SHOWN.findall(page.read_text())]


async def test_every_picture_is_there_and_small() -> None:
    shown = _named_in(FOLDER / "README.md")
    assert sorted(one.stem for one in shown) == sorted(PICTURES)
    assert sorted(FOLDER.glob("*.png")) == sorted(shown)
    assert [one.name for one in shown if not is_small(one)] == []


async def test_the_readme_begins_with_one() -> None:
    [first, *_] = _named_in(ROOT / "README.md")
    assert first in _named_in(FOLDER / "README.md")
    assert (ROOT / "README.md").read_text().index(".png)") < 1_500


async def _take(house: House, who: str, path: str, name: str, *, phone: bool = False, height: int = 900) -> None:
    async with house.seated(who, path, viewport=PHONE if phone else SCREEN) as page:
        await take(page, name, height=height)


@taking
@pytest.mark.connected
async def test_pictures_of_a_year_that_begins(house: House) -> None:
    acts = house.acts
    await house.town.until("2026-01-05")
    await _take(house, "ani", "/", "tugas")
    for who in (*TEAM, "dewi"):
        await acts.propose(who)
    await _take(house, "kabid_a", "/tim", "tim")
    await house.town.until("2026-01-08")
    for who in TEAM:
        await acts.agree("kabid_a", who, "2026-01-08")
    plan = (await acts.plan("ani"))["id"]
    await _take(house, "ani", f"/rencana/{plan}", "rencana")
    async with house.seated("ani", "/catatan", viewport=PHONE) as page:
        at = Presses(page)
        for text, minutes in (("Menjawab 14 surat masuk", "90"), ("Rapat mingguan Bidang A", "60")):
            await page.wait_for_selector("form[data-log][data-ready=yes]")
            await at.type("Apa yang Anda kerjakan?", text)
            await at.type("Berapa menit?", minutes)
            await at.scripted_button("Simpan")
            await page.locator("#log").get_by_text(text).wait_for()
        await take(page, "catatan-ponsel", height=PHONE["height"])


@taking
@pytest.mark.connected
async def test_pictures_of_the_office(house: House) -> None:
    await _take(house, "petugas", "/pengelola", "meja-pengelola")
    async with house.seated("petugas", "/pengelola/impor", viewport=SCREEN) as page:
        wrong = {"name": "pegawai.csv", "mimeType": "text/csv", "buffer": _WRONG.encode()}
        await page.get_by_label("Berkas pegawai").set_input_files(wrong)  # type: ignore[arg-type]
        await Presses(page).button("Periksa")
        await page.locator("#salah tbody tr").first.wait_for()
        await take(page, "impor")


@taking
@pytest.mark.connected
async def test_pictures_of_a_result(house: House) -> None:
    acts = house.acts
    await pass_until(house, "2027-01-07")
    for who in TEAM:
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await acts.encourage("kabid_a", "ani")
    await house.town.until("2027-01-14")
    await _take(house, "kabid_a", f"/tim/nilai/{acts.appraisal('ani')}", "nilai", height=1100)
    for who in TEAM:
        await acts.assess("kabid_a", who, *[BELOW] * (who == "ani"))
    await pass_until(house, "2027-02-10")
    await acts.sign("kabid_a", *TEAM)
    await _take(house, "ani", "/hasil", "hasil")
    await _take(house, "ani", f"/hasil/{acts.result('ani')}/mengapa", "mengapa")
    await acts.acknowledge("ani")
    case = (await acts.object("ani"))["id"]
    await house.town.until("2027-02-11")
    await acts.explain("ani", case)
    await _take(house, "ani", f"/keberatan/{case}", "keberatan")


@taking
@pytest.mark.connected
async def test_pictures_of_those_who_look_on(house: House) -> None:
    await pass_until(house, "2027-06-01")
    for who, path, name in (
        ("walikota", "/kota", "kota"),
        ("provinsi", "/provinsi", "provinsi"),
        ("inspektur", "/audit", "audit"),
        ("kominfo", "/operasional", "operasional"),
    ):
        await _take(house, who, path, name)
    async with house.seat(viewport=SCREEN) as context:
        page = await context.new_page()
        await page.goto("/publik/16.71")
        await take(page, "publik", height=900)
