"""All cities at a glance, one city over its cycles, and the same as a file."""

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.province.reading import every_cycle, newest
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visiting

router = pages()
_PROVINCE = shown_to(Relation.PROVINCE, note="cities that have declared the official, in numbers")
_MORE = (
    ("late", "terlambat"),
    ("trend", "tren"),
    ("predicates_by_city", "predikat"),
    ("policies", "kebijakan"),
    ("feed", "langganan"),
)
"""Further pages, by their words and the end of their address."""
_SHARES = ("rated_percent", "issued_percent", "final_percent", "on_time_percent")


@router.get("/provinsi", **_PROVINCE)
async def cities(visit: Visiting) -> Response:
    """The newest cycle of every city; the latest on time first to be seen."""
    rows = newest(await every_cycle(visit))
    title = visit.say("province.title")
    return visit.page("province/cities.html", title, section="province", rows=rows, links=_MORE)


@router.get("/provinsi/unduh.{kind}", **_PROVINCE)
async def download(visit: Visiting, kind: Kind) -> Response:
    """Every city and cycle as a file."""
    heads = ["city", "name", "cycle", "from", "to", "state", "phase", "people", *_SHARES]
    rows = await every_cycle(visit)
    values = ("city", "city_name", "name", "period_start", "period_end", "state", "phase", "people", *_SHARES)
    return await file_of("kota", heads, [[one[name] for name in values] for one in rows], kind)


@router.get("/provinsi/{city}", **_PROVINCE)
async def one_city(city: str, visit: Visiting) -> Response:
    """One city from cycle to cycle."""
    rows = [one for one in await every_cycle(visit) if one["city"] == city]
    if not rows:
        raise HTTPException(404)
    trend = sorted(rows, key=lambda one: str(one["period_start"]), reverse=True)
    counts = trend[0]["predicates"] or {}
    return visit.page(
        "province/city.html",
        trend[0]["city_name"],
        section="province",
        rows=trend,
        predicates=names.predicates(visit.language, counts),
        most=max((value for value in counts.values() if value is not None), default=0),
    )
