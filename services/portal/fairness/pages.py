"""Pages of the office about how ratings are spread, and a rater's page about his or her own."""

from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.fairness import views
from services.portal.names.queries import names
from services.portal.office.queries import SIZE
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)


@router.get("/pengelola/sebaran/{cycle_id}", **_OFFICE)
async def distribution(cycle_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """Predicates of each unit beside the guidance for what its organisation achieved."""
    path = f"/cycles/{cycle_id}/distribution"
    found = await visit.ask.get("evaluation", path, limit=SIZE, cursor=lanjut or None)
    return visit.page(
        "fairness/distribution.html",
        visit.say("fairness.distribution"),
        section="office",
        cycle_id=cycle_id,
        units=views.units(visit, found["items"]),
        heads=views.heads(visit),
        wide=views.WIDE,
        thick=views.HIGH,
        following=found["next"],
    )


@router.get("/pengelola/sebaran/{cycle_id}/unit.{kind}", **_OFFICE)
async def distribution_file(cycle_id: UUID, kind: Kind, visit: Visiting) -> Response:
    """The same as a file: for each predicate how many there are, and how many the guidance expects."""
    rows = views.units(visit, await visit.ask.every("evaluation", f"/cycles/{cycle_id}/distribution"))
    expected = [f"{name} ({visit.say('fairness.expected')})" for name in views.heads(visit)]
    counted = views.heads(visit)
    both = [head for pair in zip(counted, expected, strict=True) for head in pair]
    heads = [visit.say(f"fairness.{one}") for one in ("unit", "performance", "people")]
    lines = [
        [one["name"], one["performance"], one["people"]]
        + [value for cell in one["cells"] for value in (cell["count"], cell["expected"])]
        + ["; ".join(one["why"])]
        for one in rows
    ]
    return await file_of("sebaran", [*heads, *both, visit.say("fairness.why")], lines, kind)


@router.get("/pengelola/penilai/{cycle_id}", **_OFFICE)
async def raters(cycle_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """How each rater rates, beside all others."""
    path = f"/cycles/{cycle_id}/fairness"
    found = await visit.ask.get("evaluation", path, limit=SIZE, cursor=lanjut or None)
    async with visit.copies() as session:
        called = await names(session, [one["rater_id"] for one in found["items"]])
    rows = [views.rater(visit, one) for one in found["items"]]
    return visit.page(
        "fairness/raters.html",
        visit.say("fairness.raters"),
        section="office",
        cycle_id=cycle_id,
        rows=sorted(rows, key=lambda one: (not one["why"], called.get(one["rater_id"], ""))),
        called=called,
        all_raters={"people": found["people"], "mean": found["mean"], "smallest": found["smallest_group"]},
        figures=views.FIGURES,
        following=found["next"],
    )


@router.get("/tim/cara-menilai/{cycle_id}", **shown_to(Relation.RATER, note="one's own line; others find it empty"))
async def mine(cycle_id: UUID, visit: Visiting) -> Response:
    """One's own numbers beside the mean of all others: nobody is named, and nothing follows from it by itself."""
    found = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/fairness/mine")
    return visit.page(
        "fairness/mine.html",
        visit.say("fairness.mine"),
        section="team",
        cycle_id=cycle_id,
        own=views.rater(visit, found) if found else None,
        figures=views.FIGURES,
    )
