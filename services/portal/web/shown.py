"""Who a page is for, declared where the page is: a page that does not say so is not built, and others are refused it."""

from typing import Any, TypedDict

from contracts.base import Relation, Role
from kit.actor import Actor

SHOWN = "x-shown-to"
_ROLE_OF = {
    Relation.OFFICE: Role.PERFORMANCE_OFFICE,
    Relation.PANEL: Role.PANEL,
    Relation.APPOINTING: Role.APPOINTING_AUTHORITY,
    Relation.LEADER: Role.CITY_LEADER,
    Relation.AUDITOR: Role.AUDITOR,
    Relation.OPERATIONS: Role.OPERATIONS,
    Relation.PROVINCE: Role.PROVINCE,
}
"""Relations that a token shows; all others are the services' to judge, whose refusal the page passes on."""


class Extra(TypedDict):
    """What a declaration hands to the route."""

    openapi_extra: dict[str, Any]


def shown_to(*who: Relation, note: str = "") -> Extra:
    """``@pages.get("/pengelola", **shown_to(Relation.OFFICE))``; the note says what others get, where that is not nothing."""
    if not who:
        raise ValueError("say who the page is for")
    return {"openapi_extra": {SHOWN: {"who": [one.value for one in who], "note": note}}}


def may_see(actor: Actor, who: list[Relation]) -> bool:
    """Whether the page opens: by role, or because a relation is judged by the services."""
    if actor.has(Role.PROVINCE):
        return Relation.PROVINCE in who
    return any(_ROLE_OF[one] in actor.roles if one in _ROLE_OF else True for one in who)
