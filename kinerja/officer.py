"""Who acts for a city's performance office from here: whom its registry knows with that role; before that, a founder."""

from uuid import NAMESPACE_URL, UUID, uuid5

import httpx

from contracts.base import Role
from kinerja.stack import issuer
from kinerja.stack.errors import StackError
from kinerja.stack.state import Running, State

ROLE = Role.PERFORMANCE_OFFICE
ASKING = {"role": ROLE.value, "limit": "1"}
"""What the registry's list of people is asked for."""


def founder(city: str) -> UUID:
    """Whoever brings a city in: the registry lets a token's role count while it knows nobody of the city with it."""
    return uuid5(NAMESPACE_URL, f"kinerja/founder/{city}")


def token_of(state: State, running: Running, city: str) -> str:
    """A token for the performance office of a city, good for an hour; raises StackError if the registry is silent."""
    person = founder(city)
    if "registry" in running.urls:
        mine = issuer.mint(state, sub=person, city=city, roles=[ROLE], hours=1)
        person = _holder(running.urls["registry"], mine) or person
    return issuer.mint(state, sub=person, city=city, roles=[ROLE], hours=1)


def _holder(registry: str, token: str) -> UUID | None:
    try:
        answer = httpx.get(
            f"{registry}/v1/servants", params=ASKING, headers={"Authorization": f"Bearer {token}"}, timeout=30
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise StackError(f"the registry does not say who the performance office is: {error}") from error
    return first(answer.json())


def first(page: dict[str, list[dict[str, str]]]) -> UUID | None:
    """The first person of a page, if there is one."""
    return next((UUID(one["id"]) for one in page["items"]), None)
