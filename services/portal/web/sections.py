"""The row of sections below the header: those that the person's roles and relations give something to do in."""

from typing import NamedTuple

from contracts.base import Role
from kit.actor import Actor
from services.portal.web.visitor import Visitor


class Section(NamedTuple):
    """One link of the row; its words are ``web.<key>``."""

    key: str
    path: str


_OWN = (Section("tasks", "/"), Section("diary", "/catatan"), Section("plan", "/rencana"), Section("results", "/hasil"))
_TEAM = Section("team", "/tim")
_BRANCH = Section("branch", "/cabang")
_OF_ROLE = (
    (Role.PERFORMANCE_OFFICE, Section("office", "/pengelola")),
    (Role.CITY_LEADER, Section("city", "/kota")),
    (Role.AUDITOR, Section("audit", "/audit")),
    (Role.OPERATIONS, Section("operations", "/operasional")),
    (Role.PANEL, Section("visits", "/kunjungan")),
)
_PROVINCE = Section("province", "/provinsi")
_MORE = Section("more", "/lainnya")


def sections(actor: Actor, visitor: Visitor) -> list[Section]:
    """What is shown; an official of the province, who is nobody's servant here, gets that alone."""
    if actor.has(Role.PROVINCE):
        return [_PROVINCE]
    own = list(_OWN) if visitor.servant else list(_OWN[:1])
    team = ([_TEAM] if visitor.leads or visitor.reviews else []) + ([_BRANCH] if visitor.reviews else [])
    return [*own, *team, *(section for role, section in _OF_ROLE if actor.has(role)), _MORE]


def home(actor: Actor, visitor: Visitor) -> str:
    """Where somebody begins who is no civil servant of the city and owes nothing; empty where that is the list of tasks."""
    if visitor.servant:
        return ""
    if actor.has(Role.PROVINCE):
        return _PROVINCE.path
    return next((section.path for role, section in _OF_ROLE if actor.has(role)), "")
