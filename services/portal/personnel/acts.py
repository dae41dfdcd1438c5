"""An appointment, an entry into service, a release to another city, an arrival: typed, checked, then recorded."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.personnel.kinds import ACTS, APPOINTED_AS, POSITION_KINDS, Act
from services.portal.personnel.queries import rated_by, today
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_CITY = re.compile(r"\d{2}\.\d{2}")
_PERSON = "/pengelola/orang/{person_id}"


@router.get(f"{_PERSON}/angkat", **_OFFICE)
@router.get(f"{_PERSON}/masuk", **_OFFICE)
@router.get(f"{_PERSON}/lepas", **_OFFICE)
@router.get(f"{_PERSON}/datang", **_OFFICE)
async def form_of(person_id: UUID, visit: Visiting) -> Response:
    """What is asked for."""
    return await _page(visit, person_id, Form())


@router.post(f"{_PERSON}/angkat", **_OFFICE)
@router.post(f"{_PERSON}/masuk", **_OFFICE)
@router.post(f"{_PERSON}/lepas", **_OFFICE)
@router.post(f"{_PERSON}/datang", **_OFFICE)
async def act(person_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """First what would come of it is shown, and nothing is done; the second time it is recorded."""
    kind = ACTS[_named(visit)]
    if sent.text("step") == "edit":
        return await _page(visit, person_id, sent)
    body = _body(visit, sent, kind)
    if not sent.errors and sent.text("step") != "record":
        return await _page(visit, person_id, sent, checked=True)
    with sent.refusals({"from": "since"}):
        if not sent.errors:
            path = f"/servants/{person_id}/{kind.path}"
            await visit.ask.post("registry", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, person_id, sent, status=422)
    return visit.go(f"/pengelola/orang/{person_id}/jabatan", selesai=_named(visit))


def _named(visit: Visit) -> str:
    return visit.request.url.path.rpartition("/")[2]


def _body(visit: Visit, form: Form, act: Act) -> dict[str, Any]:
    """As the registry takes it; what is missing or cannot be is an error of its field."""
    for name in act.fields:
        if name not in act.left_out:
            form.require(name, visit.say(f"personnel.missing_{name}"))
    if (since := form.text("since")) and not _is_day(since):
        form.errors["since"] = visit.say("personnel.missing_since")
    if "city" in act.fields and (city := form.text("city")):
        if not _CITY.fullmatch(city):
            form.errors["city"] = visit.say("personnel.city_wrong")
        elif city == visit.actor.tenant_id:
            form.errors["city"] = visit.say("personnel.city_own")
    typed = {name: form.text(name) for name in act.fields if form.text(name)}
    return {"from" if name == "since" else name: value for name, value in typed.items()}


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


async def _page(visit: Visit, person_id: UUID, form: Form, *, checked: bool = False, status: int = 200) -> Response:
    named = _named(visit)
    about = await visit.ask.get("registry", f"/servants/{person_id}")
    async with visit.copies() as session:
        now, led = today(session, visit.visitor.zone), await rated_by(session, person_id)
    since = form.text("since")
    return visit.page(
        "personnel/check.html" if checked else "personnel/act.html",
        visit.say(f"personnel.act_{named}", name=about["name"]),
        status=status,
        section="office",
        form=form,
        about=about,
        act=named,
        fields=ACTS[named].fields,
        left_out=ACTS[named].left_out,
        choices=_choices(visit),
        led=led if named == "lepas" else 0,
        at_once=bool(since) and checked and date.fromisoformat(since) <= now,
        since=visit.day(since) if checked else "",
    )


def _choices(visit: Visit) -> dict[str, list[dict[str, str]]]:
    unchanged = {"value": "", "text": visit.say("personnel.as_it_is")}
    kinds = [{"value": one, "text": visit.say(f"personnel.kind_{one}")} for one in POSITION_KINDS]
    ranks = [{"value": one, "text": visit.say(f"personnel.as_{one}")} for one in APPOINTED_AS]
    return {"appointed_as": ranks, "position_kind": [unchanged, *kinds]}
