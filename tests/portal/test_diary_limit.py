"""What a phone sends late was written in time, or not, as the policy of the cycle says."""

import json

import pytest

from tests.portal.house import POLICY_OF_HOUSE, House

BROWSER = False
pytestmark = [pytest.mark.connected, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]
POLICY = POLICY_OF_HOUSE + "log: {late_after: 3}\n"


async def test_what_was_written_within_the_policy_s_days_is_sent_late_without_a_reason_of_one_s_own(
    house: House,
) -> None:
    await house.town.until("2026-01-12")
    # The fifth may be written until the eighth; seven days would have been until today.
    queue = [
        {"id": "a", "day": "2026-01-05", "written": "2026-01-08", "text": "Menjawab surat masuk", "minutes": 60},
        {"id": "b", "day": "2026-01-05", "written": "2026-01-09", "text": "Rapat di kecamatan", "minutes": 60},
    ]
    async with house.visitor("ani") as client:
        token = (await client.get("/catatan/kunci")).json()["csrf"]
        sent = await client.post("/catatan/kirim", data={"csrf": token, "entries": json.dumps(queue)})
    outcomes = {one["id"]: one for one in sent.json()["outcomes"]}
    assert {key: one["kept"] for key, one in outcomes.items()} == {"a": True, "b": False}
    assert "3 hari" in outcomes["b"]["wrong"]
    plan = (await house.acts.plan("ani"))["id"]
    [entry] = (await house.acts.get("ani", "plans", f"/plans/{plan}/activities"))["items"]
    assert (entry["text"], bool(entry["late_reason"])) == ("Menjawab surat masuk", True)
