"""Every page as everybody: it opens for those it declares, and for nobody else; no form is taken without its token."""

import re
from collections.abc import Iterator

import pytest

from contracts.base import Relation, Role
from services.portal.api import ROOMS
from services.portal.web.route import Page
from services.portal.web.shown import _ROLE_OF
from tests.portal.conftest import OFFICES
from tests.portal.house import House
from tests.workflows.year.place import CAST, ROLES

BROWSER = False
pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
EVERYBODY = ("ani", "kabid_a", "kadis", "petugas", *OFFICES)
SOMETHING = "01a224b6-0000-7000-8000-000000000000"
"""An id of nothing."""


def _pages(*methods: str) -> Iterator[Page]:
    for router in ROOMS:
        for route in router.routes:
            if isinstance(route, Page) and route.methods and set(methods) & set(route.methods):
                yield route


def _address(route: Page) -> str:
    """The page about nothing."""
    filled = re.sub(r"\{(period|nomor|number|bulan|tahun)\}", "1", route.path)
    return re.sub(r"\{[^}]+\}", SOMETHING, filled)


def _roles(who: str) -> frozenset[Role]:
    return frozenset({OFFICES[who]}) if who in OFFICES else frozenset(ROLES.get(who, ()))


def _by_role_alone(route: Page) -> bool:
    return all(one in _ROLE_OF for one in route._who)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_a_page_opens_for_those_it_declares(house: House, who: str) -> None:
    wrong = []
    async with house.visitor(who) as client:
        for route in _pages("GET"):
            status = (await client.get(_address(route), follow_redirects=False)).status_code
            declared = _opens(who, route)
            if not declared and status != 403:
                wrong.append((route.path, status, "is open"))
            if status >= 500 or (declared and _by_role_alone(route) and status == 403):
                wrong.append((route.path, status, "is shut"))
    assert wrong == []


def _opens(who: str, route: Page) -> bool:
    roles = _roles(who)
    if Role.PROVINCE in roles:
        return Relation.PROVINCE in route._who
    return any(_ROLE_OF[one] in roles if one in _ROLE_OF else True for one in route._who)


async def test_the_province_sees_no_person_on_any_page(house: House) -> None:
    names = re.compile("|".join(rf"\b{name}\b" for name in CAST))
    async with house.visitor("provinsi") as client:
        for route in _pages("GET"):
            page = (await client.get(_address(route))).text
            assert not names.search(re.sub(r"<[^>]+>", " ", page)), route.path


async def test_no_form_is_taken_without_its_token(house: House) -> None:
    taken = []
    async with house.visitor("petugas") as client:
        for route in _pages("POST", "PUT", "PATCH", "DELETE"):
            for method in sorted(set(route.methods or ()) - {"GET", "HEAD"}):
                answer = await client.request(method, _address(route), data={"csrf": "00" * 64})
                if answer.status_code != 403:
                    taken.append((method, route.path, answer.status_code))
    assert taken == []
