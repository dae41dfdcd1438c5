"""What was asked of a demonstration on the command line."""

from dataclasses import dataclass
from pathlib import Path

from kinerja.places import Place


@dataclass(frozen=True, slots=True)
class Staging:
    """How a performance is set."""

    places: tuple[Place, ...]
    people: int = 0
    """People a place; 0 takes the committed samples."""
    seconds: float = 100.0
    seed: int = 2027
    once: bool = True
    json_file: Path | None = None
    all_places: bool = True
    """Then everything that their policies have must be seen at least once."""
    watch: bool = False
    """People at a browser take over whom they sign in as; what they leave undone may then be missing in the end."""
