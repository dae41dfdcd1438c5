"""Alerts that are on, all services with their versions, mails that failed, endpoints that fail, sign-ins that failed."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

from fastapi import Response

from contracts.base import SERVICES, Relation
from kit.errors import Busy
from services.portal.listings.shown import Cell, Listing
from services.portal.operations.alerts import Seen, on
from services.portal.operations.sign_ins import sign_ins
from services.portal.runbooks.declared import Alert, title
from services.portal.sessions import failures
from services.portal.upstream.refusals import Refusal
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
Json = dict[str, Any]
Told = TypeVar("Told")
_CYCLES = 5
"""Whose mails are counted: the newest."""


@router.get("/operasional", **shown_to(Relation.OPERATIONS, note="counts alone"))
async def operations(visit: Visiting) -> Response:
    """What is wrong now; what waits, what was set aside, who is silent; and every runbook."""
    told = await asyncio.gather(*(_unless_silent(visit.ask.get(one, "/operations")) for one in SERVICES))
    services = dict(zip(SERVICES, told, strict=True))
    mails = await _unless_silent(_mails_of_cycles(visit))
    endpoints = await _unless_silent(visit.ask.every("integrations", "/webhooks"))
    async with visit.copies() as session:
        failed = await failures.latest(session)
    now = visit.request.app.state.database.clock.now()
    seen = Seen(services, mails or [], endpoints or [], failed, now, failures.today())
    return visit.page(
        "operations/operations.html",
        visit.say("operations.title"),
        section="operations",
        alerts=[(one.alert, _said(visit, one.alert, one.about)) for one in on(seen)],
        rows=[{"service": name, **(one or {}), "answers": one is not None} for name, one in services.items()],
        tables=[_mails(visit, mails), _webhooks(visit, endpoints), sign_ins(visit, failed)],
        runbooks=[(one, title(visit.language, one)) for one in Alert],
    )


def _said(visit: Visit, alert: Alert, about: Sequence[str]) -> str:
    return visit.say(f"operations.on_{alert.name.lower()}", about=", ".join(about))


def _mails(visit: Visit, found: list[tuple[str, Json]] | None) -> Listing:
    """Of the newest cycles: mails that were sent, that wait, and that failed for good."""
    heads = [visit.say(f"operations.{one}") for one in ("cycle", "failed", "mails_waiting", "sent")]
    if found is None:
        return Listing(visit.say("operations.mails_silent"), heads, [])
    rows = [[name, told["mails_failed"], told["mails_waiting"], told["mails_sent"]] for name, told in found]
    return Listing(visit.say("operations.mails"), heads, rows)


async def _mails_of_cycles(visit: Visit) -> list[tuple[str, Json]]:
    cycles = (await visit.ask.get("evaluation", "/cycles", limit=_CYCLES))["items"]
    found = await asyncio.gather(*(visit.ask.get("notify", f"/cycles/{one['id']}/summary") for one in cycles))
    return [(one["name"], told) for one, told in zip(cycles, found, strict=True)]


def _webhooks(visit: Visit, found: list[Json] | None) -> Listing:
    """Endpoints that do not take what they are sent come first."""
    heads = [visit.say(f"operations.{one}") for one in ("endpoint", "state", "failing", "failed", "mails_waiting")]
    if found is None:
        return Listing(visit.say("operations.webhooks_silent"), heads, [])
    order = sorted(found, key=lambda one: (one["failing_since"] is None, one["failing_since"] or "", one["host"]))
    rows: list[list[Cell]] = [
        [
            one["host"],
            visit.say(f"operations.endpoint_{one['state']}"),
            visit.moment(one["failing_since"]) or "-",
            one["failed"],
            one["waiting"],
        ]
        for one in order
    ]
    return Listing(visit.say("operations.webhooks"), heads, rows)


async def _unless_silent(asked: Awaitable[Told]) -> Told | None:
    """None where a service gives no answer, or only that it fails: its database may be away while it still runs."""
    try:
        return await asked
    except Busy:
        return None
    except Refusal as refusal:
        if refusal.status < 500:
            raise
        return None
