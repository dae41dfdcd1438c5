"""The page that leads to everything else."""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import Relation, Role
from services.portal.bringing.pages import KINDS
from services.portal.cycles.today import current_cycle
from services.portal.feedback.pages import about_me
from services.portal.names.queries import names
from services.portal.office.queries import cycles
from services.portal.web.forms import Form
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()
_NEWEST = 3
_LINKS = (
    ("new_feedback", "/umpan-balik/baru"),
    ("feedback", "/umpan-balik"),
    ("new_idea", "/ide/baru"),
    ("ideas", "/ide"),
    ("supports", "/dukungan"),
    ("new_initiative", "/inisiatif/baru"),
    ("initiatives", "/inisiatif"),
    ("development", "/pengembangan"),
    ("coachings", "/bimbingan"),
    ("learning", "/belajar"),
    ("profile", "/saya"),
    ("lookups", "/siapa-melihat"),
    ("requests", "/permintaan"),
)
_OF_PANEL = (("visits", "/kunjungan"), ("conflicts", "/benturan"))


@router.get("/lainnya", **shown_to(Relation.ANYONE, note="what the reader has"))
async def more(visit: Visiting) -> Response:
    """Links, with the newest feedback to be read and answered at once, and how many notices wait."""
    cycle = await current_cycle(visit)
    box, found = await asyncio.gather(
        visit.ask.maybe("notify", "/inbox", limit=1), about_me(visit, str(cycle.id)) if cycle else _nothing()
    )
    newest = found[:_NEWEST]
    async with visit.copies() as session:
        people = await names(session, [one["author_id"] for one in newest])
        # Who decides proposals need be no civil servant of the city, and so in no cycle.
        deciding = await cycles(session) if visit.has(Role.APPOINTING_AUTHORITY) else []
    servant = visit.visitor.servant
    shown = {
        "links": (_LINKS if servant else ()) + (_OF_PANEL if visit.has(Role.PANEL) else ()),
        "standard": f"/standar/{cycle.id}" if cycle else "",
        "proposals": f"/pengelola/usulan/{deciding[0].id}" if deciding else "",
        "kinds": KINDS if servant else (),
        "unread": (box or {}).get("unread", 0),
        "found": newest,
        "people": people,
        "form": Form(),
    }
    return visit.page("more/more.html", visit.say("more.title"), section="more", **shown)


async def _nothing() -> list[Any]:
    return []
