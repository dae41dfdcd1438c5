"""Signing in and out by the real flow, and what the browser and others get to see of it."""

import re

import pytest

from tests.portal.house import House

pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module")]


async def test_who_signs_in_sees_the_list_of_tasks(house: House) -> None:
    async with house.seated("ani") as page:
        await page.get_by_role("heading", name="Tugas Anda").wait_for()
        assert await page.get_by_role("link", name="Baca dan pahami standar kinerja").count() == 1
        [cookie] = [one for one in await page.context.cookies() if one["name"] == "__Host-sid"]
        assert cookie["httpOnly"]
        assert cookie["secure"]
        assert cookie["sameSite"] == "Lax"
        assert len(cookie["value"]) == 43


async def test_a_page_that_was_wanted_is_returned_to_and_no_other_site(house: House) -> None:
    async with house.visitor("ani") as client:
        assert (await client.get("/bahasa?b=en&ke=//evil.example/")).url.host == "127.0.0.1"
        assert "Your tasks" in (await client.get("/")).text


async def test_signing_out_ends_every_session_of_the_person(house: House) -> None:
    async with house.visitor("budi") as one, house.visitor("budi") as other:
        assert (await other.get("/", follow_redirects=False)).status_code == 200
        token = re.findall(r'name="csrf" value="(\w+)"', (await one.get("/")).text)[0]
        assert "Anda sudah keluar" in (await one.post("/keluar", data={"csrf": token})).text
        for client in (one, other):
            assert (await client.get("/", follow_redirects=False)).status_code == 303


async def test_a_form_without_the_token_of_the_session_is_refused(house: House) -> None:
    async with house.visitor("ani") as client:
        for data in ({}, {"csrf": "00" * 64}, {"csrf": "no"}):
            answer = await client.post("/keluar", data=data)
            assert answer.status_code == 403
            assert "tidak berlaku lagi" in answer.text
        token = re.findall(r'name="csrf" value="(\w+)"', (await client.get("/")).text)[0]
        crossed = await client.post("/keluar", data={"csrf": token}, headers={"Sec-Fetch-Site": "cross-site"})
        assert crossed.status_code == 403
        assert (await client.get("/", follow_redirects=False)).status_code == 200


async def test_forged_answers_of_the_issuer_sign_nobody_in(house: House) -> None:
    async with house.visitor("ani") as client:
        client.cookies.clear()
        for query in ("", "?code=x&state=y", "?state=&code="):
            answer = await client.get(f"/masuk/kembali{query}")
            assert answer.status_code == 400
            assert "__Host-sid" not in client.cookies
