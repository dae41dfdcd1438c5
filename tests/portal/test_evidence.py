"""Files that prove something: taken by their content, whole or in parts, shown to who may see what they prove."""

import hashlib
import io
import re
import zipfile
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from contracts.portal.evidence import EvidenceStored
from services.portal.evidence.rules.kinds import CHUNK, LARGEST, Unfit, media_type
from tests.portal.house import House

BROWSER = False
pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planning(house: House) -> House:
    """The town when plans are written."""
    await house.town.until("2026-01-05")
    return house


PDF = b"%PDF-1.7\n" + bytes(range(256)) * 900


async def _csrf(client: httpx2.AsyncClient) -> str:
    return str(re.findall(r'name="csrf" value="(\w+)"', (await client.get("/")).text)[0])


async def _begun(client: httpx2.AsyncClient, token: str, path: str, content: bytes, name: str = "surat.pdf") -> str:
    form = {"csrf": token, "service": "plans", "path": path, "name": name, "size": str(len(content))}
    answer = await client.post("/bukti", data=form)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


async def _part(client: httpx2.AsyncClient, token: str, address: str, offset: int, content: bytes) -> httpx2.Response:
    headers = {"Upload-Offset": str(offset), "X-CSRF-Token": token, "Content-Type": "application/offset+octet-stream"}
    return await client.patch(address, content=content, headers=headers)


async def _sent(client: httpx2.AsyncClient, path: str, content: bytes, part: int = 64_000) -> dict[str, Any]:
    token = await _csrf(client)
    address = await _begun(client, token, path, content)
    for offset in range(0, len(content), part):
        answer = await _part(client, token, address, offset, content[offset : offset + part])
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_file_in_parts_is_whole_and_its_hash_is_told(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client:
        pointed = await _sent(client, f"/plans/{plan}", PDF)
        shown = await client.get(f"/bukti/{pointed['id']}")
    assert shown.content == PDF
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    assert pointed["reference"].endswith(pointed["id"])
    await house.town.deliver()
    told = house.town.diary.all(EvidenceStored)[-1]
    assert (told.sha256, told.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))


async def test_an_interrupted_upload_goes_on_where_it_stopped(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client:
        token = await _csrf(client)
        address = await _begun(client, token, f"/plans/{plan}", PDF)
        assert (await _part(client, token, address, 0, PDF[:1000])).status_code == 204
        for _ in range(2):  # sent again, since the answer was lost: it counts once
            again = await _part(client, token, address, 0, PDF[:1000])
            assert (again.status_code, again.headers["Upload-Offset"]) == (409, "1000")
        assert (await client.head(address)).headers["Upload-Offset"] == "1000"
        rest = [(offset, PDF[offset : offset + CHUNK]) for offset in range(1000, len(PDF), CHUNK)]
        answers = [await _part(client, token, address, offset, some) for offset, some in rest]
        assert answers[-1].status_code == 200
        assert (await client.get(f"{address}")).content == PDF


async def test_a_last_part_that_comes_again_is_answered_like_the_first(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client:
        token = await _csrf(client)
        address = await _begun(client, token, f"/plans/{plan}", PDF[:5000])
        first = await _part(client, token, address, 0, PDF[:5000])
        for offset, again in ((0, PDF[:5000]), (5000, b"")):  # the answer was lost; and as the script asks after a 409
            answer = await _part(client, token, address, offset, again)
            assert (answer.status_code, answer.json()) == (200, first.json())
    await house.town.deliver()
    told = [one for one in house.town.diary.all(EvidenceStored) if str(one.evidence_id) == first.json()["id"]]
    assert len(told) == 1


async def test_a_file_whose_judge_was_away_is_judged_when_the_last_part_comes_again(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    settings = house.portal.state.settings
    async with house.visitor("ani") as client:
        token = await _csrf(client)
        address = await _begun(client, token, f"/plans/{plan}", PDF[:5000])
        house.portal.state.settings = settings.model_copy(update={"portal_scan": "no-such-scanner"})
        away = await _part(client, token, address, 0, PDF[:5000])
        house.portal.state.settings = settings
        assert away.status_code == 503
        answer = await _part(client, token, address, 0, PDF[:5000])
        assert answer.status_code == 200
        assert (await client.get(address)).content == PDF[:5000]


async def test_whoever_may_not_see_the_plan_does_not_see_its_evidence(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client:
        pointed = await _sent(client, f"/plans/{plan}", PDF)
    for who, status in (("kabid_a", 200), ("budi", 404), ("kabid_b", 404)):
        async with house.visitor(who) as client:
            assert (await client.get(f"/bukti/{pointed['id']}")).status_code == status, who


async def test_a_link_is_good_for_one_session_and_some_minutes(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client, house.visitor("kabid_a") as other:
        pointed = await _sent(client, f"/plans/{plan}", PDF)
        link = str((await client.get(f"/bukti/{pointed['id']}", follow_redirects=False)).headers["Location"])
        assert (await client.get(link)).status_code == 200
        assert (await other.get(link)).status_code == 404
        assert (await client.get(re.sub(r"sampai=\d+", "sampai=1", link))).status_code == 404
        assert (await client.get(re.sub(r"tanda=.", "tanda=z", link))).status_code == 404


async def test_a_part_of_somebody_elses_file_or_without_the_token_is_refused(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client, house.visitor("budi") as other:
        token = await _csrf(client)
        address = await _begun(client, token, f"/plans/{plan}", PDF)
        assert (await _part(other, await _csrf(other), address, 0, PDF[:10])).status_code == 404
        assert (await _part(client, "00" * 64, address, 0, PDF[:10])).status_code == 403
        assert (await client.patch(address, content=PDF[:10], headers={"Upload-Offset": "0"})).status_code == 403


def _archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"%PDF-" + b"x" * LARGEST, "large"),
        (b"MZ\x90\x00", "kind"),
        (b"<html><script>", "kind"),
        (b"PK\x03\x04 no archive", "kind"),
        (_archive("evil.exe"), "kind"),
        (_archive("word/document.xml", "word/vbaProject.bin"), "macros"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
    ],
)
async def test_what_is_no_evidence_is_told_by_its_content(content: bytes, why: str) -> None:
    with pytest.raises(Unfit) as raised:
        media_type(content)
    assert raised.value.key == why


async def test_a_file_of_another_kind_leaves_nothing_behind(planning: House) -> None:
    house = planning
    plan = (await house.acts.plan("ani"))["id"]
    async with house.visitor("ani") as client:
        token = await _csrf(client)
        address = await _begun(client, token, f"/plans/{plan}", b"MZ program", "surat.pdf")
        answer = await _part(client, token, address, 0, b"MZ program")
        assert answer.status_code == 422
        assert "bukan PDF" in answer.text
        assert (await client.head(address)).status_code == 404
