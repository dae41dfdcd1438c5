"""Names as they are common in a province, from deploy/names; combined at random, they mean nobody."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

NAMES = Path(__file__).parents[2] / "deploy" / "names"
GENERAL = "general"
"""For provinces that have no file of their own."""


@dataclass(frozen=True, slots=True)
class Region:
    """Name parts of one region."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...]
    men_titles: tuple[str, ...] = ()
    """Put before some names."""
    women_titles: tuple[str, ...] = ()
    birthdays: int = 0
    """Remainder by five of the days of birth of the region's first place; the next places have the next ones."""


@cache
def region_of(province: str, *beside: Path) -> Region:
    """The names of a province by its code: from these folders, then from those that ship, else the general ones."""
    folders = (*beside, NAMES)
    files = [folder / f"{name}.yaml" for name in (province, GENERAL) for folder in folders]
    content = yaml.safe_load(next(file for file in files if file.is_file()).read_text(encoding="utf-8"))
    parts = {key: tuple(words.split()) for key, words in content.items() if isinstance(words, str)}
    return Region(**parts, birthdays=content.get("birthdays", 0))


def plain_name(region: Region, luck: Random, *, woman: bool) -> str:
    """Two or three words without academic degrees."""
    given = region.women if woman else region.men
    words = [luck.choice(given), luck.choice(region.last)]
    if luck.random() < 0.3:
        words.insert(1, luck.choice(given))
    return " ".join(dict.fromkeys(words))


def titled(name: str, region: Region, luck: Random, *, woman: bool, degrees: str) -> str:
    """With a title of the region now and then, and the degrees of the profession."""
    titles = region.women_titles if woman else region.men_titles
    if titles and luck.random() < 0.15:
        name = f"{luck.choice(titles)} {name}"
    if degrees == "dr.":
        return f"dr. {name}"
    return f"{name}, {degrees}" if degrees else name
