"""The cities of a province in numbers, over HTTP."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Phase, Predicate, Relation, Role
from kit import web
from kit.access import permits, require_role
from kit.errors import Forbidden
from kit.paging import Page, Paging, page_of
from services.evaluation.cycles.rules.states import CycleStatus
from services.evaluation.provinces import queries
from services.evaluation.provinces.models import CityFigures
from services.evaluation.provinces.rules import is_province, province_of

router = web.router(tags=["province"])

_READ = ("read the cities of a province", "membaca angka kota-kota di provinsi")


class CityCycleResponse(BaseModel):
    """A cycle of a city in numbers; what is null is about too few people.

    Shares are rounded down, in steps of ten percent or, where that would be fewer people than ``least``, in larger ones.
    """

    city: str
    city_name: str
    cycle_id: UUID
    name: str
    scope: str
    period_start: date
    period_end: date
    state: CycleStatus
    phase: Phase | None
    """The phase it is in."""
    phase_due_at: datetime | None
    least: int
    people: int | None
    results: int | None
    """Of a cycle that is over: people with a result."""
    rated_percent: int | None
    """Who have a result, at least a provisional one."""
    issued_percent: int | None
    """Whose result is signed."""
    final_percent: int | None
    on_time_percent: int | None
    """Of what was owed and is over: done in time."""
    predicates: dict[Predicate, int | None] | None
    """People by predicate, of a cycle that is over: the published figures, which never change again."""
    predicate_percents: dict[Predicate, int | None] | None
    told_at: datetime

    @classmethod
    def of(cls, row: CityFigures) -> "CityCycleResponse":
        """From its row."""
        shares = {f"{name}_percent": getattr(row, name) for name in ("rated", "issued", "final", "on_time")}
        return cls.model_validate(
            row.model_dump() | shares | {"predicate_percents": _percents(row.predicates, row.results)}
        )


def _percents(predicates: Mapping[str, int | None] | None, results: int | None) -> dict[str, int | None] | None:
    """Of all results; of what is hidden nothing is told, nor where all together are too few."""
    if predicates is None:
        return None
    of_all = {name: 100 * count // results for name, count in predicates.items() if count is not None and results}
    return {name: of_all.get(name) for name in predicates}


@router.get(
    "/province/cities",
    summary="The cities of the province in numbers, by cycle (official of the province)",
    **permits(Relation.PROVINCE, note="of the cities that have declared this official; never a person"),
)
async def list_cities(session: web.Session, actor: web.Acting, paging: Paging) -> Page[CityCycleResponse]:
    """Signed in with the province's code as city, e.g. 14.00. Cities that have not declared the official are not in it."""
    require_role(session, Role.PROVINCE, what=_READ)
    if not is_province(actor.tenant_id):
        code = province_of(actor.tenant_id)
        raise Forbidden(
            f"sign in for the province: the token names {actor.tenant_id} as city, it should name {code}",
            f"masuk untuk provinsi: token menyebut kota {actor.tenant_id}, seharusnya {code}",
        )
    return page_of(await queries.cities(session, actor.id, window=paging), CityCycleResponse.of)
