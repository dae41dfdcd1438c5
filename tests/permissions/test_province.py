"""An official of the province gets nowhere but to the numbers of the province, whatever the token says and whoever asks."""

import pytest

from contracts.base import SERVICES, Role, new_id
from contracts.registry.holders import AccountRecorded
from directory import take
from kinerja.documents.api import openapi
from tests.conftest import ClientOf, DatabaseOf
from tests.permissions.table import guarded
from tests.support.holders import TAKERS

pytestmark = pytest.mark.connected
CITY, OPEN = "16.71", ("evaluation", "GET /province/cities")


class _Anything(dict[str, object]):
    """An id for every parameter of a path."""

    def __missing__(self, key: str) -> str:
        return "1" if key == "number" else str(new_id())


@pytest.mark.parametrize("service", SERVICES)
async def test_no_route_about_persons_answers_an_official_of_the_province(
    service: str, database_of: DatabaseOf, client_of: ClientOf
) -> None:
    database = database_of(service)
    client, who = client_of(service, database), new_id()
    if service != "registry":  # there the office declares it: tests/services/registry/test_holders.py
        account = AccountRecorded(
            tenant_id=CITY, account_id=who, revision=1, name="Pejabat provinsi", email="", roles=(Role.PROVINCE,)
        )
        async with database.transaction(CITY) as session:
            await TAKERS.get(service, take.take_master_data)(session, [account])
    routes = [route for owner, route in guarded() if owner == service]
    assert len(routes) > 5
    assert sum(len(methods) for methods in openapi(service)["paths"].values()) >= len(routes)
    for roles in ((Role.PROVINCE,), tuple(Role), ()):
        if service == "registry" and not roles:
            continue
        for route in routes:
            method, path = route.split(" ", 1)
            headers = client.as_(who, CITY, *roles)
            answer = await client.request(method, f"/v1{path.format_map(_Anything())}", headers=headers)
            assert answer.status_code == 403, f"{route} with {roles}: {answer.status_code} {answer.text[:200]}"
