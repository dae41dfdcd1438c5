"""Generates the people of a place: the same place, count and seed give the same file, line by line, for any size."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from random import Random

from contracts.base import AssessorRole
from kinerja.places import Place, parent_of, rank_in_city
from kinerja.policy_source import of_files
from kinerja.population.names import plain_name, region_of, titled
from kinerja.population.numbers import Numbers
from kinerja.population.posts import Post, Workplace, auditor_post, head_post, leader_post, staff_post
from kinerja.population.staffing import FEWEST, seats, team_sizes, teams_by_unit, units_staffed

SAMPLE = 60
SEED = 1
PANEL = 3
"""People of the inspectorate who assess as a panel, where the policy has one."""
_LATEST = date(2025, 12, 1)
_HEAD, _LEADER, _STAFF = (1967, 1976), (1972, 1984), (1975, 1999)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of servants.csv."""

    nip: str
    name: str
    employment_type: str
    grade: str
    position: str
    position_kind: str
    unit_code: str
    head: str
    rater_nip: str
    email: str
    roles: str
    language: str
    since: str


def csv_of(place: Place, count: int = SAMPLE, *, seed: int = SEED) -> str:
    """The whole file."""
    return "".join(csv_lines(place, count, seed=seed))


def csv_lines(place: Place, count: int = SAMPLE, *, seed: int = SEED) -> Iterator[str]:
    """The header and each person, one line at a time."""
    yield _line([field.name for field in fields(Row)])
    for row in people(place, count, seed=seed):
        yield _line(astuple(row))


def people(place: Place, count: int = SAMPLE, *, seed: int = SEED) -> Iterator[Row]:
    """Everybody, superiors before those they rate."""
    if count < FEWEST:
        raise ValueError(f"{count} people are too few for a city: at least {FEWEST}")
    yield from _Population(place, count, seed).rows()


def units_of(place: Place) -> Iterator[tuple[Workplace, str]]:
    """The units in the order in which they are staffed, with their parents' codes; the city itself has no people."""
    with (place.directory / "units.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["kind"] != "CITY":
                yield Workplace(line["code"], line["name"], line["kind"]), line["parent_code"]


class _Population:
    """One place while it is generated."""

    def __init__(self, place: Place, count: int, seed: int) -> None:
        self._place = place
        self._seed = seed
        self._luck = Random(f"{place.name}/{seed}")  # noqa: S311 - chance for samples, no secret
        self._region = region_of(place.province, place.directory.parents[1] / "names")
        self._numbers = Numbers(self._luck, self._region.birthdays + rank_in_city(place))
        units = list(units_of(place))
        self._units = units[: units_staffed(count, len(units))]
        self._teams = teams_by_unit(count, len(self._units))
        self._sizes = iter(team_sizes(count, self._teams))
        self._heads: dict[str, str] = {}
        self._made = 0
        self._panel_left = PANEL if _has_panel(place) else 0

    def rows(self) -> Iterator[Row]:
        for (unit, parent), teams in zip(self._units, self._teams, strict=True):
            yield from self._unit(unit, parent, teams)

    def _unit(self, unit: Workplace, parent: str, teams: int) -> Iterator[Row]:
        head = self._person(unit, head_post(unit), _HEAD, rater=self._above(parent), head=True)
        self._heads[unit.code] = head.nip
        yield head
        # The rater of a seat is the last leader one step higher.
        leaders = {0: head.nip}
        first = True
        for seat in seats(teams, self._sizes):
            rater = leaders[seat.depth - 1]
            if seat.leads:
                office = first and unit.code.endswith(".BKPSDM")
                post = leader_post(unit, seat.depth, seat.number)
                row = self._person(unit, post, _LEADER, rater=rater, roles="PERFORMANCE_OFFICE" if office else "")
                leaders[seat.depth] = row.nip
                first = False
            else:
                row = self._staff(unit, rater)
            yield row

    def _staff(self, unit: Workplace, rater: str) -> Row:
        if unit.kind == "INSPECTORATE" and self._panel_left:
            self._panel_left -= 1
            return self._person(unit, auditor_post(), _STAFF, rater=rater, roles="PANEL")
        return self._person(unit, staff_post(unit, self._luck), _STAFF, rater=rater)

    def _above(self, parent: str) -> str:
        """Who rates a head: the head of the unit above, else the top official, if there is one above at all."""
        if parent in self._heads:
            return self._heads[parent]
        if self._heads:
            return next(iter(self._heads.values()))
        if (city := parent_of(self._place)) is not None:
            return next(people(city, FEWEST, seed=self._seed)).nip
        return ""

    def _person(
        self,
        unit: Workplace,
        post: Post,
        born: tuple[int, int],
        *,
        rater: str,
        head: bool = False,
        roles: str = "",
    ) -> Row:
        luck = self._luck
        woman = luck.random() < 0.48
        contract = bool(post.contract_grade) and luck.random() < 0.35
        nip, appointed = self._numbers.draw(born=born, woman=woman, contract=contract)
        name = plain_name(self._region, luck, woman=woman)
        self._made += 1
        return Row(
            nip=nip,
            name=titled(name, self._region, luck, woman=woman, degrees=luck.choice(post.degrees)),
            employment_type="PPPK" if contract else "PNS",
            grade=post.contract_grade if contract else luck.choice(post.grades),
            position=post.title,
            position_kind=post.kind,
            unit_code=unit.code,
            head="yes" if head else "no",
            rater_nip=rater,
            email=f"{_slug(name)}.{self._made}@{self._place.name}.example",
            roles=roles,
            language="en" if luck.random() < 0.04 else "id",
            since=self._since(appointed).isoformat(),
        )

    def _since(self, appointed: int) -> date:
        """Since when the rater rates: after the appointment, before the first cycle."""
        first = date(max(appointed, 2019), 2, 1)
        return first + timedelta(days=self._luck.randint(0, (_LATEST - first).days))


def _has_panel(place: Place) -> bool:
    return of_files(str(place.policy), place.directory.parent).policy.source(AssessorRole.PANEL) is not None


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _slug(name: str) -> str:
    return ".".join(re.findall(r"[a-z]+", name.lower()))
