"""`kinerja people`: a servants.csv of synthetic people for a place, on standard output."""

import sys
from typing import Annotated

import typer

from kinerja.library import CITIES
from kinerja.options import CitiesOption
from kinerja.people import SAMPLE, SEED, csv_lines
from kinerja.places import place_named
from kinerja.population.staffing import FEWEST


def register(app: typer.Typer) -> None:
    app.command()(people)


def people(
    place: Annotated[str, typer.Option("--place", help="Whose units and names to use.")],
    count: Annotated[int, typer.Option("--count", min=FEWEST, max=1_000_000, help="How many people.")] = SAMPLE,
    seed: Annotated[int, typer.Option("--seed", help="Another seed makes other people.")] = SEED,
    cities: CitiesOption = CITIES,
) -> None:
    """Write synthetic people with a complete hierarchy; the same place, count and seed give the same file.

    Example: kinerja people --place dumai --count 500 > servants.csv
    """
    for line in csv_lines(place_named(place, cities), count, seed=seed):
        sys.stdout.write(line)
