"""What the people of a visited unit agreed to achieve, for its panel to read beside what it sees there."""

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.visits.reading import section, units
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()


@router.get(
    "/kunjungan/{visit_id}/rencana",
    **shown_to(Relation.ANYONE, note="the panel of this visit until it is over, as the plans service judges"),
)
async def plans(visit_id: str, visit: Visiting) -> Response:
    """Everybody's whose plan is set, by name."""
    found = await visit.ask.every("plans", f"/visits/{visit_id}/plans")
    about = await visit.ask.get("evaluation", f"/visits/{visit_id}")
    unit = (await units(visit, [about["unit_id"]])).get(about["unit_id"], "")
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in found])
    return visit.page(
        "visits/plans.html",
        visit.say("visits.plans_of", unit=unit),
        section=section(visit),
        one=about,
        unit=unit,
        plans=sorted(found, key=lambda each: people.get(each["servant_id"], "")),
        people=people,
    )
