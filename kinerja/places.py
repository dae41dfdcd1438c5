"""The places: every folder with a policy below the folder of cities; a new place is a new folder, never new code."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinerja.library import CITIES, read_file
from kinerja.stack.errors import StackError
from kit.files.errors import FileErrors

_TABLES = ("units", "servants", "calendar", "changes", "competences")
FILES = ("policy.yaml", "policy.yml", *(f"{table}.{kind}" for table in _TABLES for kind in ("csv", "xlsx")))
"""What is imported of a place's folder; anything else there is the office's own."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place with a policy of its own."""

    directory: Path
    """Its policy, units and people."""
    scope: str
    """Kemendagri code of the city, or of the unit of a city, to which its policy applies."""

    @property
    def name(self) -> str:
        """What the command line calls it: the name of its folder."""
        return self.directory.name

    @property
    def label(self) -> str:
        """What people call it."""
        return self.name.replace("-", " ").title()

    @property
    def policy(self) -> Path:
        """The file of its policy."""
        return self.directory / "policy.yaml"

    @property
    def city(self) -> str:
        """The tenant: the first five characters of the scope."""
        return self.scope[:5]

    @property
    def province(self) -> str:
        """The first two digits of every code are the province's."""
        return self.scope[:2]


def all_places(directory: Path = CITIES) -> tuple[Place, ...]:
    """Every place by its code, so that a city comes before its units, whose people have raters in the city."""
    return tuple(sorted(_read(directory), key=lambda place: place.scope))


def place_named(name: str, directory: Path = CITIES) -> Place:
    """The place of that name; raises StackError, which lists those that there are."""
    known = {place.name: place for place in all_places(directory)}
    if name not in known:
        raise StackError(f"unknown place {name}: choose from {', '.join(sorted(known)) or 'none'} (below {directory})")
    return known[name]


def chosen(names: list[str], directory: Path = CITIES) -> tuple[Place, ...]:
    """The places of those names with the cities that units of them belong to, cities first; all if none is named."""
    wanted = {place_named(name, directory).scope for name in names}
    everything = all_places(directory)
    if not everything:
        raise StackError(f"no place below {directory}: a place is a folder with a policy.yaml")
    cities = {scope[:5] for scope in wanted}
    return tuple(place for place in everything if not names or place.scope in wanted | cities)


def parent_of(place: Place) -> Place | None:
    """The city of a unit that has a policy of its own, where the city is a place as well."""
    beside = all_places(place.directory.parent)
    return next((one for one in beside if one.scope == place.city != place.scope), None)


def rank_in_city(place: Place) -> int:
    """The how manieth place of its city it is, counted from 0."""
    beside = [one.scope for one in all_places(place.directory.parent) if one.city == place.city]
    return beside.index(place.scope)


def _read(directory: Path) -> Iterator[Place]:
    """What cannot be read is no place here; `kinerja policy check` says what is wrong with it."""
    for file in sorted(directory.glob("*/policy.yaml")):
        document = read_file(file, FileErrors())
        if document is not None and len(scope := str(document.data.get("scope", ""))) >= len("00.00"):
            yield Place(file.parent, scope)
