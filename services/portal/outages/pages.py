"""The page on which the office records that the system was down."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_SHOWN = 50


@router.get("/pengelola/gangguan", **_OFFICE)
async def outages(visit: Visiting, selesai: str = "") -> Response:
    """The form, and what was recorded so far."""
    return await _page(visit, Form(), done=selesai == "ya")


@router.post("/pengelola/gangguan", **_OFFICE)
async def record(visit: Visiting, sent: Sent) -> Response:
    """One that is over: what fell due in it is extended, in every service, by the working days lost."""
    began, ended = _instant(visit, sent, "began_at"), _instant(visit, sent, "ended_at")
    body = {"began_at": began, "ended_at": ended, "reason": sent.require("reason", visit.say("outages.reason_missing"))}
    with sent.refusals():
        if not sent.errors:
            await visit.ask.post("registry", "/outages", body, key=sent.text("form_id"))
    return await _page(visit, sent, status=422) if sent.errors else visit.go("/pengelola/gangguan", selesai="ya")


def _instant(visit: Visit, form: Form, name: str) -> str | None:
    """As it was typed, in the city's zone; what is no day with an hour is an error of the field."""
    typed = form.require(name, visit.say(f"outages.{name}_missing"))
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(visit.visitor.zone)).isoformat() if typed else None
    except ValueError:
        form.errors[name] = visit.say("outages.instant_wrong")
        return None


async def _page(visit: Visit, form: Form, *, done: bool = False, status: int = 200) -> Response:
    found = (await visit.ask.get("registry", "/outages", limit=_SHOWN))["items"]
    async with visit.copies() as session:
        people = await names(session, [one["recorded_by"] for one in found])
    shown = {"found": found, "people": people, "done": done}
    title = visit.say("outages.title")
    return visit.page("outages/outages.html", title, status=status, section="office", form=form, **shown)
