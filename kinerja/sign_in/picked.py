"""Who has signed in on this stack, for the demonstration: whoever did so lives his or her own half year there."""

from pathlib import Path
from uuid import UUID


class Picked:
    """A file with a line for each time that somebody was picked: written by the issuer, read by the demonstration."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0
        self._people: frozenset[UUID] = frozenset()

    def note(self, person: UUID) -> None:
        """Somebody signs in."""
        with self._path.open("a") as file:
            file.write(f"{person}\n")

    def people(self) -> frozenset[UUID]:
        """Everybody who ever signed in; read again only once there is more to read."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if size != self._size:
            self._people = frozenset(UUID(line) for line in self._path.read_text().split())
            self._size = size
        return self._people
