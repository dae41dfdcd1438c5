"""The five places, and where their files lie."""

from dataclasses import dataclass
from pathlib import Path

CITIES = Path(__file__).parents[2] / "deploy" / "cities"


@dataclass(frozen=True, slots=True)
class Place:
    """One place with a policy of its own."""

    name: str
    label: str
    scope: str

    @property
    def city(self) -> str:
        """The tenant: the first five characters of the scope."""
        return self.scope[:5]

    @property
    def directory(self) -> Path:
        """Its policy, units and people."""
        return CITIES / self.name


PLACES = (
    Place("palembang", "Palembang", "16.71"),
    Place("plaju", "Plaju", "16.71.14"),
    Place("sawahlunto", "Sawahlunto", "13.73"),
    Place("binjai", "Binjai", "12.75"),
    Place("dumai", "Dumai", "14.72"),
)
"""Palembang before Plaju, whose people have raters in Palembang."""


def chosen(names: list[str]) -> tuple[Place, ...]:
    """The places of those names, in the order in which they must be imported; all if none is named."""
    wanted = set(names) or {place.name for place in PLACES}
    if unknown := wanted - {place.name for place in PLACES}:
        known = ", ".join(place.name for place in PLACES)
        raise ValueError(f"unknown place {', '.join(sorted(unknown))}: choose from {known}")
    if "plaju" in wanted:
        wanted.add("palembang")
    return tuple(place for place in PLACES if place.name in wanted)
