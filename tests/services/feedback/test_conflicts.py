"""An officer does not raise her own result, and who decides an objection is high enough and tied to neither side."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Role, new_id
from contracts.feedback.objections import ObjectionAssigned
from contracts.registry.servants import ServantRecorded
from directory import take
from directory.models import Person
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected
RAISE = {"outcome": "AMENDED", "reason": "better", "result_rating": "ABOVE", "behaviour_rating": "ABOVE"}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def record(here: Scene, **about: Any) -> UUID:
    """The registry tells of somebody, new or as he or she now is."""
    servant_id = about.pop("servant_id", None) or new_id()
    async with here.database.transaction(here.office.tenant_id) as session:
        known = await session.get(Person, (here.office.tenant_id, servant_id))
        base: dict[str, Any] = {
            "nip": f"19700101199001{servant_id.int % 9000 + 1000}",
            "name": "Pegawai Lain",
            "email": "lain@example.go.id",
            "employment_type": "PNS",
            "grade": "III/a",
            "position": "Arsiparis",
            "position_kind": "TERAMPIL",
            "unit_id": here.office.unit_id,
            "is_head": False,
            "rater_id": None,
            "authority_id": None,
            "roles": (),
            "language": "id",
        }
        if known is not None:
            base = {name: getattr(known, name) for name in base}
        event = ServantRecorded(tenant_id=here.office.tenant_id, servant_id=servant_id, revision=99, **(base | about))
        await take.take_master_data(session, [event])
    return servant_id


async def objected(here: Scene, servant: UUID) -> str:
    """Both sides were heard: the authority is to decide."""
    result_id = await here.receive(servant)
    filed = await here.post(servant, "/objections", {"result_id": str(result_id), "grounds": "wrong"})
    await here.does.open_hearing(here.about(filed))
    for side in (servant, here.office.rater(servant)):
        assert side is not None
        await here.post(side, f"/objections/{filed['id']}/statements", {"text": "so it was"})
    identity: str = filed["id"]
    return identity


async def as_office(here: Scene, who: UUID, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    headers = here.client.as_(who, here.office.tenant_id, Role.PERFORMANCE_OFFICE)
    answer = await here.client.post(f"/v1{path}", json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_an_officer_who_objects_to_her_own_result_does_not_choose_who_decides(here: Scene) -> None:
    """The whole way to a better result of her own is closed at each of its steps."""
    officer = here.office.office
    archivist = await record(here)
    objection = await objected(here, officer)
    path, chosen = f"/objections/{objection}/authority", {"authority_id": str(archivist), "reason": "he is free"}
    status, told = await as_office(here, officer, path, chosen)
    assert (status, told["conflicts"][0]) == (403, {"person_id": str(officer), "conflict": "SELF"})
    # Another officer has no conflict, and yet names nobody who ranks below the rater.
    second = await record(here, roles=(Role.PERFORMANCE_OFFICE,))
    status, told = await as_office(here, second, path, chosen)
    assert (status, "ranks no lower" in told["detail"]) == (409, True)
    await here.post(archivist, f"/objections/{objection}/decision", RAISE, status=403)
    await here.post(officer, f"/objections/{objection}/decision", RAISE, status=403)
    assert await emitted_of(here.database, ObjectionAssigned) == []


async def test_where_no_officer_is_free_the_appointing_authority_names_who_decides(here: Scene) -> None:
    """The head of the highest unit; the only officer is a party."""
    objection = await objected(here, here.office.office)
    official = await record(here, position_kind="ADMINISTRATOR")
    body = {"authority_id": str(official), "reason": "the secretary is on leave"}
    path = f"/objections/{objection}/authority"
    await here.post(here.office.section_head, path, body, status=403)
    assert (await here.post(here.office.head, path, body))["authority_id"] == str(official)
    upheld = {"outcome": "UPHELD", "reason": "the evidence changes nothing"}
    await here.post(official, f"/objections/{objection}/decision", upheld)


@pytest.mark.parametrize(
    ("about", "allowed"),
    [
        ({"position_kind": "PENGAWAS"}, True),
        ({"position_kind": "JPT_PRATAMA"}, True),
        ({"position_kind": "AHLI_MADYA", "is_head": True}, True),
        ({"position_kind": "AHLI_MADYA"}, False),
        ({"position_kind": "TERAMPIL", "employment_type": "PPPK", "grade": "VII"}, False),
        ({"position_kind": "PENGAWAS", "status": "UNPAID_LEAVE"}, False),
        ({"position_kind": "PENGAWAS", "rater": "rater"}, False),
        ({"position_kind": "PENGAWAS", "rater": "ani"}, False),
    ],
)
async def test_who_is_named_to_decide_ranks_high_enough_and_is_tied_to_neither_side(
    here: Scene, about: dict[str, Any], *, allowed: bool
) -> None:
    """PermenPANRB 6/2022 art. 29; L V.B: the superior of who rated, and nobody whom the rater leads."""
    objection = await objected(here, here.ani)
    told_of = {name: value for name, value in about.items() if name != "rater"}
    rater_id = getattr(here, about["rater"]) if "rater" in about else None
    named = await record(here, **told_of, rater_id=rater_id)
    status, told = await as_office(
        here,
        here.office.office,
        f"/objections/{objection}/authority",
        {"authority_id": str(named), "reason": "related"},
    )
    assert status == (200 if allowed else 409), told


async def test_a_rater_of_high_rank_is_judged_by_nobody_below(here: Scene) -> None:
    await record(here, servant_id=here.rater, position_kind="ADMINISTRATOR")
    objection = await objected(here, here.ani)
    path = f"/objections/{objection}/authority"
    for kind, status in (("PENGAWAS", 409), ("ADMINISTRATOR", 200)):
        named = await record(here, position_kind=kind)
        answer = await as_office(here, here.office.office, path, {"authority_id": str(named), "reason": "related"})
        assert answer[0] == status, answer


async def test_whom_an_officer_names_is_not_tied_to_her(here: Scene) -> None:
    objection = await objected(here, here.ani)
    hers = await record(here, position_kind="PENGAWAS", rater_id=here.office.office)
    status, told = await as_office(
        here, here.office.office, f"/objections/{objection}/authority", {"authority_id": str(hers), "reason": "related"}
    )
    assert (status, told["conflicts"][0]["conflict"]) == (403, "RATED_BY_ACTOR")
