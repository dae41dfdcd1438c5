"""Whether each service's chain of this city holds, computed anew, and the proof to keep."""

import asyncio
import hashlib
import json
from typing import Any

from fastapi import Response

from contracts.base import SERVICES, Relation
from services.portal.listings.shown import Cell, Link, Listing, tables_page
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUDITOR = shown_to(Relation.AUDITOR, note="digests alone")
Json = dict[str, Any]


@router.get("/audit/rantai", **_AUDITOR)
async def chains(visit: Visiting) -> Response:
    """Every chain from its first row: how long it is, where it ends, and where it does not hold."""
    found = await _verified(visit)
    heads = [visit.say(f"audit.{one}") for one in ("service", "holds", "rows", "position", "end", "verified")]
    rows: list[list[Cell]] = [
        [
            one["service"],
            visit.say("audit.holds_no" if one["breaks"] else "audit.holds_yes"),
            one["rows"],
            one["position"] if one["position"] is not None else "-",
            (one["hash"] or "-")[:16],
            visit.moment(one["verified_at"]),
        ]
        for one in found
    ]
    broken: list[list[Cell]] = [
        [one["service"], each["position"], each["what"]] for one in found for each in one["breaks"]
    ]
    where = Listing(
        visit.say("audit.breaks"), [visit.say(f"audit.{one}") for one in ("service", "position", "type")], broken
    )
    return tables_page(
        visit,
        visit.say("audit.verify"),
        [Listing(visit.say("audit.chains"), heads, rows), *([where] if broken else [])],
        section="audit",
        back=Link(visit.say("audit.title"), "/audit"),
        intro=[visit.say("audit.verify_about")],
        links=[Link(visit.say("audit.proof"), "/audit/rantai/bukti.json")],
    )


@router.get("/audit/rantai/bukti.json", **_AUDITOR)
async def proof(visit: Visiting) -> Response:
    """The ends of all chains with the hash over them: whoever keeps it sees later whether anything before was changed."""
    found = {"city": visit.actor.tenant_id, "auditor": str(visit.actor.id), "chains": await _verified(visit)}
    digest = hashlib.sha256(json.dumps(found, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    content = json.dumps(found | {"sha256": digest}, indent=2, sort_keys=True)
    name = f"rantai-{visit.actor.tenant_id}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)


async def _verified(visit: Visit) -> list[Json]:
    return list(await asyncio.gather(*(visit.ask.get(one, "/journal/verification") for one in SERVICES)))
