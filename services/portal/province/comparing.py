"""Cities side by side: who is late, the trend, predicates, and the paper of these; each a page of numbers, never a person."""

from fastapi import Response

from contracts.base import Predicate, Relation
from contracts.portal.papers import PaperKind
from services.portal.listings.paper import paper_of
from services.portal.listings.shown import Cell, Link, Listing, percent, tables_page
from services.portal.province.reading import Json, every_cycle, newest
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_PROVINCE = shown_to(Relation.PROVINCE, note="cities that have declared the official, in numbers")


@router.get("/provinsi/terlambat", **_PROVINCE)
async def late(visit: Visiting) -> Response:
    """The newest cycle of each city, the least on time first."""
    return _page(visit, "late", _late(visit, await every_cycle(visit)))


@router.get("/provinsi/tren", **_PROVINCE)
async def trend(visit: Visiting) -> Response:
    """Every cycle of every city, the newest first."""
    return _page(visit, "trend", _trend(visit, await every_cycle(visit)))


@router.get("/provinsi/predikat", **_PROVINCE)
async def predicates(visit: Visiting) -> Response:
    """Predicates of the newest cycle that is over, by city; small cells are hidden by the service."""
    return _page(visit, "predicates_by_city", _predicates(visit, await every_cycle(visit)))


@router.get("/provinsi/rapat.pdf", **_PROVINCE)
async def paper(visit: Visiting) -> Response:
    """All of it for a meeting."""
    rows = await every_cycle(visit)
    found = [_late(visit, rows), _predicates(visit, rows), _trend(visit, rows)]
    return await paper_of(visit, "provinsi", visit.say("province.title"), found, kind=PaperKind.PROVINCE_MEETING)


def _page(visit: Visit, key: str, listing: Listing) -> Response:
    return tables_page(
        visit,
        visit.say(f"province.{key}"),
        [listing],
        section="province",
        back=Link(visit.say("province.title"), "/provinsi"),
        intro=[visit.say(f"province.{key}_about")],
        files="/provinsi/unduh",
        paper="/provinsi/rapat.pdf",
    )


def _late(visit: Visit, rows: list[Json]) -> Listing:
    heads = [visit.say(f"province.{one}") for one in ("city", "on_time", "phase", "due", "rated", "final")]
    # What is hidden stands last: there is nothing to compare.
    order = sorted(newest(rows), key=lambda one: (one["on_time_percent"] is None, one["on_time_percent"] or 0))
    shown: list[list[Cell]] = [
        [
            Link(one["city_name"], f"/provinsi/{one['city']}"),
            percent(one["on_time_percent"]),
            one["phase_words"] or one["state_words"],
            visit.day(one["phase_due_at"]) or "-",
            percent(one["rated_percent"]),
            percent(one["final_percent"]),
        ]
        for one in order
    ]
    return Listing(visit.say("province.late"), heads, shown)


def _trend(visit: Visit, rows: list[Json]) -> Listing:
    heads = [visit.say(f"province.{one}") for one in ("city", "cycle", "from", "people", "rated", "final", "on_time")]
    order = sorted(rows, key=lambda one: str(one["period_start"]), reverse=True)
    shown: list[list[Cell]] = [
        [
            one["city_name"],
            one["name"],
            visit.day(one["period_start"]),
            one["people"],
            *(percent(one[f"{share}_percent"]) for share in ("rated", "final", "on_time")),
        ]
        for one in sorted(order, key=lambda one: str(one["city_name"]))
    ]
    return Listing(visit.say("province.trend"), heads, shown)


def _predicates(visit: Visit, rows: list[Json]) -> Listing:
    called = [one["name"] for one in names.predicates(visit.language, {})]
    heads = [visit.say("province.city"), visit.say("province.cycle"), *called]
    shown: list[list[Cell]] = [
        [one["city_name"], one["name"], *(one["predicates"].get(kind.value) for kind in Predicate)]
        for one in newest([one for one in rows if one["predicates"] is not None])
    ]
    return Listing(visit.say("province.predicates_by_city"), heads, shown)
