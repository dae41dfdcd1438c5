"""Who may: the check of a role that commands make, and what a route declares of it for readers and documents."""

from typing import NotRequired, TypedDict

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, Role, Words
from kit import db
from kit.actor import Actor
from kit.errors import Forbidden

DECLARED = "x-permissions"
"""Where a route's declaration stands in its OpenAPI operation; ``docs/permissions.md`` is made from it."""

_HOLDERS = {
    Role.PERFORMANCE_OFFICE: Words(en="the performance office", id="pengelola kinerja"),
    Role.PANEL: Words(en="the panel", id="panel"),
    Role.APPOINTING_AUTHORITY: Words(en="the appointing authority", id="pejabat pembina kepegawaian"),
    Role.CITY_LEADER: Words(en="the city's leadership", id="pimpinan kota"),
    Role.AUDITOR: Words(en="the auditor", id="auditor"),
    Role.OPERATIONS: Words(en="the operators of the system", id="pengelola operasional sistem"),
    Role.INTEGRATOR: Words(en="the integrator", id="integrator"),
    Role.PROVINCE: Words(en="the officials of the province", id="pejabat provinsi"),
}


_ROLE_OF = {
    Relation.OFFICE.value.lower(): Role.PERFORMANCE_OFFICE,
    Relation.APPOINTING.value.lower(): Role.APPOINTING_AUTHORITY,
    Relation.LEADER.value.lower(): Role.CITY_LEADER,
    Relation.AUDITOR.value.lower(): Role.AUDITOR,
    Relation.OPERATIONS.value.lower(): Role.OPERATIONS,
    Relation.INTEGRATOR.value.lower(): Role.INTEGRATOR,
    Relation.PROVINCE.value.lower(): Role.PROVINCE,
}
"""Relations that are a role and nothing else; the panel's member must be one of this visit besides."""


class Declaration(TypedDict):
    """Who may use a route, and what else a reader should know."""

    who: list[str]
    note: str
    concerns: str
    """Whom an act of the office is about; the rule of ``kit.conflicts`` is asked about them."""
    alike: str
    """Why an act of the office is about nobody in particular."""
    assisted: NotRequired[bool]
    """Whether an assistant may do it for the person whose act it is (``kit.assistance``)."""


class Extra(TypedDict):
    """What a declaration hands to the route."""

    openapi_extra: dict[str, Declaration]


def permits(*who: Relation, note: str = "", concerns: str = "", alike: str = "", assisted: bool = False) -> Extra:
    """Declare who may use a route: ``@router.get("/plans", **permits(Relation.SELF, Relation.OFFICE))``.

    Data for readers: the command behind the route checks it. ``note`` says in English what, or when. By which the office
    changes something says also whom that ``concerns``, or why it treats everybody ``alike`` (see ``kit.conflicts``);
    without one of them such a route is not built. A route by which the office stands in for a rater says the same.
    ``assisted``: what one does oneself, an assistant may enter; every other route refuses assistants.
    """
    if not who or Relation.SYSTEM in who:
        raise ValueError("a route is for people: say which")
    if Relation.ANYONE in who and len(who) > 1:
        raise ValueError("anyone is everybody already")
    if concerns and alike:
        raise ValueError("an act concerns people, or it treats everybody alike")
    if assisted and not {Relation.SELF, Relation.ANYONE}.intersection(who):
        raise ValueError("an assistant enters what a person does himself or herself: this route is for others")
    words = [relation.value.lower() for relation in Relation if relation in who]
    declared: Declaration = {"who": words, "note": note, "concerns": concerns, "alike": alike}
    if assisted:
        declared["assisted"] = True
    return {"openapi_extra": {DECLARED: declared}}


def is_silent_about_conflicts(declared: Declaration) -> bool:
    """Whether the office may use it, and nothing says whom that concerns."""
    return Relation.OFFICE.value.lower() in declared["who"] and not (declared["concerns"] or declared["alike"])


def require_declared(acting: Actor, declared: Declaration) -> None:
    """Raises Forbidden where the token alone shows that this route is not for this person.

    Asked before anything of the request is read: who may not import files need not have them carried here first.
    Everything else the command behind the route decides, which knows whom it concerns. Whose token is that of a province's
    official gets no further than to the routes made for one: what anyone in a city reads is about its people.
    """
    if acting.has(Role.PROVINCE) and Relation.PROVINCE.value.lower() not in declared["who"]:
        raise outside_the_province()
    if declared["concerns"] or not all(who in _ROLE_OF for who in declared["who"]):
        return  # of the office's own people the appointing authority decides, who holds no role
    roles = [_ROLE_OF[who] for who in declared["who"]]
    if not any(acting.has(role) for role in roles):
        en, indonesian = (", ".join(words) for words in zip(*map(_holders, roles), strict=True))
        raise Forbidden(f"only for {en}", f"hanya untuk {indonesian}", allowed=[role.value for role in roles])


def outside_the_province() -> Forbidden:
    """What a province's official is told wherever the route is not made for one."""
    return Forbidden(
        "an official of the province reads the cities in numbers and nothing else (GET /v1/province/cities)",
        "pejabat provinsi hanya membaca angka kota-kota (GET /v1/province/cities)",
        allowed=[],
    )


def holds_declared_role(acting: Actor, declared: Declaration) -> bool:
    """Whether the token carries a role that the route is for."""
    return any(acting.has(_ROLE_OF[who]) for who in declared["who"] if who in _ROLE_OF)


def _holders(role: Role) -> tuple[str, str]:
    return _HOLDERS[role].en, _HOLDERS[role].id


def require_role(session: AsyncSession, *roles: Role, what: tuple[str, str]) -> None:
    """Raises Forbidden for anybody with none of these roles but the system; ``what`` names the act in both languages."""
    acting = db.actor(session)
    if acting.is_system or any(acting.has(role) for role in roles):
        return
    en, indonesian = (", ".join(words) for words in zip(*map(_holders, roles), strict=True))
    raise Forbidden(
        f"{what[0]}: only for {en}", f"{what[1]}: hanya untuk {indonesian}", allowed=[role.value for role in roles]
    )
