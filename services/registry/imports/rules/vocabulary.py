"""Finds units by code or name and people by name, as a city has them and as the files bring them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.registry.imports.rules.headers import key

_SHORT = re.compile(r"\b[A-Za-z]{1,5}\.(?=\s|$|[A-Z])")
_TITLES = frozenset(["h", "hj", "ir", "dr", "dra", "drs", "prof", "drg", "drh", "kh"])


def plain_name(name: str) -> str:
    """Without degrees, titles and capitals."""
    first = _SHORT.sub(" ", name.partition(",")[0])
    return " ".join(word for word in key(first).split() if word not in _TITLES)


@dataclass(slots=True)
class Units:
    """Of a city."""

    names: Mapping[str, str]
    """Name by code."""
    _codes: dict[str, set[str]] = field(init=False)
    _names: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._codes, self._names = defaultdict(set), defaultdict(set)
        for code, name in self.names.items():
            self._codes[_bare(code)].add(code)
            self._names[key(name)].add(code)

    def called(self, text: str) -> set[str]:
        """Those whose code or whole name this is, however it is written."""
        if text in self.names:
            return {text}
        return self._codes.get(_bare(text)) or self._names.get(key(text)) or set()

    def resembling(self, text: str) -> set[str]:
        """Those whose names hold all its words."""
        words = set(key(text).split())
        return {code for code, name in self.names.items() if words and words <= set(key(name).split())}


def _bare(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def by_name(people: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """NIPs by plain name; ``people`` are NIPs and names."""
    found: dict[str, set[str]] = defaultdict(set)
    for nip, name in people:
        if plain := plain_name(name):
            found[plain].add(nip)
    return found
