"""The journal service by service, interventions of a cycle, changes of personnel, a sample of results."""

import asyncio
import random
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import SERVICES, Relation
from services.portal.history.reading import actors, done_by
from services.portal.names.queries import names as people_names
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUDITOR = shown_to(Relation.AUDITOR, note="reads and changes nothing")
_ROWS = 50
_MORE = (("verify", "rantai"), ("cases", "keberatan"), ("policies", "kebijakan"), ("permissions", "izin"))
"""Further pages, by their words and the end of their address."""


@router.get("/audit", **_AUDITOR)
async def overview(visit: Visiting) -> Response:
    """Where to look."""
    cycles = (await visit.ask.get("evaluation", "/cycles", limit=20))["items"]
    shown = {"services": SERVICES, "cycles": cycles, "links": _MORE}
    return visit.page("audit/overview.html", visit.say("audit.title"), section="audit", **shown)


@router.get("/audit/jurnal/{service}", **_AUDITOR)
async def journal(service: str, visit: Visiting, lanjut: str = "", tentang: str = "") -> Response:
    """What was done, oldest first, with actor, reason and the hash of the chain; of one subject if one is named."""
    if service not in SERVICES:
        raise HTTPException(404)
    found = await visit.ask.get(service, "/journal", limit=_ROWS, cursor=lanjut or None, subject=tentang or None)
    async with visit.copies() as session:
        people = await people_names(session, [one["subject"] for one in found["items"]] + _actors(found["items"]))
    return visit.page(
        "audit/journal.html",
        visit.say("audit.journal_of", service=service),
        section="audit",
        service=service,
        rows=[one | {"by": done_by(visit, one, people)} for one in found["items"]],
        people=people,
        next=found["next"],
        about=tentang,
    )


@router.get("/audit/siklus/{cycle_id}", **_AUDITOR)
async def cycle(cycle_id: str, visit: Visiting) -> Response:
    """What the office reported upward, plans that were read by sample, changes of personnel, results by lot."""
    ask = visit.ask
    found, samples, upward, changes = await asyncio.gather(
        ask.get("evaluation", f"/cycles/{cycle_id}"),
        ask.maybe("plans", f"/cycles/{cycle_id}/plan-samples"),
        ask.maybe("evaluation", f"/cycles/{cycle_id}/upward-reports"),
        ask.maybe("registry", "/personnel-changes", limit=_ROWS),
    )
    return visit.page(
        "audit/cycle.html",
        found["name"],
        section="audit",
        cycle=found,
        samples=_items(samples),
        upward=_items(upward),
        changes=_items(changes),
    )


@router.get("/audit/siklus/{cycle_id}/sampel", **_AUDITOR)
async def sample(cycle_id: str, visit: Visiting, benih: int = 1, jumlah: int = 20) -> Response:
    """Results by lot: the same seed draws the same ones, so that another auditor can look again."""
    drawn = await _drawn(visit, cycle_id, benih, min(max(jumlah, 1), 200))
    async with visit.copies() as session:
        people = await people_names(session, [one["servant_id"] for one in drawn])
    shown = [one | {"words": names.named(visit.language, "predicate", one["predicate"] or "")} for one in drawn]
    title = visit.say("audit.sample", seed=benih)
    return visit.page(
        "audit/sample.html", title, section="audit", rows=shown, people=people, cycle_id=cycle_id, seed=benih
    )


@router.get("/audit/jurnal/{service}/unduh.{kind}", **_AUDITOR)
async def download(service: str, kind: Kind, visit: Visiting) -> Response:
    """The journal of a service as a file, with the hashes of its chain."""
    if service not in SERVICES:
        raise HTTPException(404)
    rows = await visit.ask.every(service, "/journal")
    columns = ("position", "time", "type", "subject", "actor", "reason", "event_id", "hash")
    return await file_of(f"jurnal-{service}", columns, [[one[name] for name in columns] for one in rows], kind)


async def _drawn(visit: Visit, cycle_id: str, seed: int, count: int) -> list[dict[str, Any]]:
    results = sorted(await visit.ask.every("evaluation", "/results", cycle_id=cycle_id), key=lambda one: str(one["id"]))
    return random.Random(seed).sample(results, min(count, len(results)))  # noqa: S311 - a lot that can be drawn again


def _items(found: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [] if found is None else list(found["items"])


def _actors(rows: list[dict[str, Any]]) -> list[str]:
    return [actor for one in rows for actor in actors(one)]
