"""Where an auditor begins, what there is of a cycle, a sample of results."""

import asyncio
import random
from typing import Any

from fastapi import Response

from contracts.base import SERVICES, Relation
from services.portal.names.queries import names as people_names
from services.portal.web import names
from services.portal.web.forms import Form
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUDITOR = shown_to(Relation.AUDITOR, note="reads and changes nothing")
_LARGEST = 10**18
_MORE = (("verify", "rantai"), ("cases", "keberatan"), ("policies", "kebijakan"), ("permissions", "izin"))
"""Further pages, by their words and the end of their address."""


@router.get("/audit", **_AUDITOR)
async def overview(visit: Visiting) -> Response:
    """Where to look."""
    cycles = (await visit.ask.get("evaluation", "/cycles", limit=20))["items"]
    shown = {"services": SERVICES, "cycles": cycles, "links": _MORE}
    return visit.page("audit/overview.html", visit.say("audit.title"), section="audit", **shown)


@router.get("/audit/siklus/{cycle_id}", **_AUDITOR)
async def cycle(cycle_id: str, visit: Visiting) -> Response:
    """What the office reported upward, plans that were read by sample; interventions, raters and results are a press away."""
    ask = visit.ask
    found, samples, upward = await asyncio.gather(
        ask.get("evaluation", f"/cycles/{cycle_id}"),
        ask.maybe("plans", f"/cycles/{cycle_id}/plan-samples"),
        ask.maybe("evaluation", f"/cycles/{cycle_id}/upward-reports"),
    )
    return visit.page(
        "audit/cycle.html",
        found["name"],
        section="audit",
        cycle=found,
        samples=_items(samples),
        upward=_items(upward),
    )


@router.get("/audit/siklus/{cycle_id}/sampel", **_AUDITOR)
async def sample(cycle_id: str, visit: Visiting, benih: str = "1", jumlah: str = "20") -> Response:
    """Results by lot: the same seed draws the same ones, so that another auditor can look again."""
    form = Form.filled(benih=benih.strip())
    seed = whole(form.text("benih"), _LARGEST)
    if seed is None:
        form.wrong("benih", visit.say("audit.seed_wrong"))
    count = min(max(whole(jumlah, _LARGEST) or 20, 1), 200)
    drawn = [] if seed is None else await _drawn(visit, cycle_id, seed, count)
    async with visit.copies() as session:
        people = await people_names(session, [one["servant_id"] for one in drawn])
    shown = [one | {"words": names.named(visit.language, "predicate", one["predicate"] or "")} for one in drawn]
    return visit.page(
        "audit/sample.html",
        visit.say("audit.draw") if seed is None else visit.say("audit.sample", seed=seed),
        status=200 if seed is not None else 422,
        section="audit",
        form=form,
        rows=shown,
        people=people,
        cycle_id=cycle_id,
    )


def whole(typed: str, most: int) -> int | None:
    """A whole number that is not negative and no larger than ``most``; None for anything else."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(most)) else None
    return number if number is not None and number <= most else None


async def _drawn(visit: Visit, cycle_id: str, seed: int, count: int) -> list[dict[str, Any]]:
    results = sorted(await visit.ask.every("evaluation", "/results", cycle_id=cycle_id), key=lambda one: str(one["id"]))
    return random.Random(seed).sample(results, min(count, len(results)))  # noqa: S311 - a lot that can be drawn again


def _items(found: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [] if found is None else list(found["items"])
