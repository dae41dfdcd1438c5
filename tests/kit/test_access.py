"""One dialect of access: the role that a command requires, and what a route declares of who may."""

import pytest

from contracts.base import Relation, Role, new_id
from kinerja.documents.permissions import Permission, markdown, permissions
from kit import access, web
from kit.access import permits, require_role
from kit.actor import Actor
from kit.db import Database
from kit.errors import Forbidden
from tests.conftest import SettingsOf
from tests.support.employment import AsTheTokenSays

CITY = "16.71"
WHAT = ("import people", "mengimpor pegawai")
router = web.router()


@router.get("/things", **permits(Relation.ANYONE))
async def things() -> list[str]:
    return []


@router.post(
    "/things/{thing_id}/end",
    **permits(Relation.OFFICE, Relation.SELF, note="within 14 days | once", concerns="whose thing it is"),
)
async def end(thing_id: str) -> str:
    return thing_id


def test_who_may_is_data_in_the_order_of_the_words() -> None:
    declared = permits(Relation.OFFICE, Relation.SELF, Relation.OFFICE, note="once")["openapi_extra"][access.DECLARED]
    assert declared == {"who": ["self", "office"], "note": "once", "concerns": "", "alike": ""}


@pytest.mark.parametrize("who", [(), (Relation.SYSTEM,), (Relation.ANYONE, Relation.SELF)])
def test_a_declaration_that_says_nothing_is_refused(who: tuple[Relation, ...]) -> None:
    with pytest.raises(ValueError, match=r"a route is for people|everybody already"):
        permits(*who)


def test_every_relation_is_explained_in_both_languages() -> None:
    for relation in Relation:
        assert relation.explanation.en != relation.explanation.id


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.connected
async def test_a_role_lets_its_holders_and_the_system_pass(kit_db: Database, role: Role) -> None:
    for passing in (None, Actor(new_id(), CITY, frozenset({role})), Actor(new_id(), CITY, frozenset(Role))):
        async with kit_db.transaction(CITY, passing) as session:
            require_role(session, role, what=WHAT)
    others = frozenset(Role) - {role}
    async with kit_db.transaction(CITY, Actor(new_id(), CITY, others)) as session:
        with pytest.raises(Forbidden) as refused:
            require_role(session, role, what=WHAT)
    assert refused.value.extra == {"allowed": [role.value]}
    assert refused.value.detail("en").startswith("import people: only for the ")
    assert refused.value.detail("id").startswith("mengimpor pegawai: hanya untuk ")


@pytest.mark.connected
async def test_the_page_is_what_the_routes_declare(settings_of: SettingsOf, kit_db: Database) -> None:
    document = web.application("notify", settings_of(kit_db), kit_db, router, employment=AsTheTokenSays()).openapi()
    found = permissions({"notify": document})
    assert [(one.service, one.route) for one in found] == [
        ("notify", "GET /journal"),
        ("notify", "GET /journal/verification"),
        ("notify", "GET /operations"),
        ("notify", "GET /things"),
        ("notify", "POST /things/{thing_id}/end"),
    ]
    page = markdown(found)
    assert "| notify | `GET /things` | anyone |  |\n" in page
    assert "| notify | `POST /things/{thing_id}/end` | self, office | within 14 days / once |\n" in page
    assert "| `POST /things/{thing_id}/end` | notify | whose thing it is |\n" in page
    assert all(f"| `{one.value.lower()}` | " in page for one in Relation if one is not Relation.SYSTEM)


def test_no_page_hides_a_route_that_declares_nothing() -> None:
    with pytest.raises(LookupError, match="notify GET /things"):
        markdown([Permission("notify", "GET /things", None)])


def test_an_act_of_the_office_that_does_not_say_whom_it_concerns_is_not_built() -> None:
    silent = web.router()
    with pytest.raises(TypeError, match="/secrets does not say whom the office's act concerns"):
        silent.post("/secrets", **permits(Relation.OFFICE))(things)
    silent.get("/secrets", **permits(Relation.OFFICE))(things)
    silent.post("/outages", **permits(Relation.OFFICE, alike="it was one for everybody"))(things)
    with pytest.raises(ValueError, match="concerns people, or it treats everybody alike"):
        permits(Relation.OFFICE, concerns="one", alike="all")


def test_a_route_that_does_not_say_who_may_is_not_built() -> None:
    silent = web.router()
    with pytest.raises(TypeError, match="/secrets does not say who may use it"):
        silent.get("/secrets")(things)
