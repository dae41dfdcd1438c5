"""Policy documents in files: of cities, provinces and regulations, found by what they are called."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from kit.files.documents import Document, read_document
from kit.files.errors import FileErrors
from policy.inheritance import PROVINCE, beneath
from policy.judgement import Effective, judge_ground, judge_policy
from policy.provenance import layer_name
from policy.shipped import ROOT, shipped

CITIES = ROOT / "deploy" / "cities"
_INSIDE = ("*/policy.yaml", "../provinces/*.yaml", "../regulations/*.yaml")


class Library:
    """The documents below a directory such as ``deploy/cities``, with those that ship with the software behind them."""

    def __init__(self, directory: Path = CITIES, *, given: Iterable[Document] = ()) -> None:
        self.directory = directory
        self._given = {layer_name(one.data): one for one in given}

    def find(self, name: str) -> Document | None:
        """The document of a layer: one that was given first, then one of the directory, then one that is shipped."""
        return self._given.get(name) or self._inside.get(name) or shipped(name)

    def scopes(self) -> Iterator[str]:
        """Cities and units that have a policy here."""
        yield from sorted(name for name, one in self._inside.items() if "scope" in one.data and not is_ground(one))

    def nearest(self, unit: str) -> Document | None:
        """The policy that applies to a unit: its own, or that of the nearest unit above by code."""
        while unit:
            if (found := self.find(unit)) is not None:
                return found
            unit = unit.rpartition(".")[0]
        return None

    def label(self, layer: str) -> str:
        """What people call a layer: a place by its directory, a province by its name, a regulation by its number."""
        document = self.find(layer)
        if document is None or "regulation" in document.data:
            return layer
        path = Path(document.file)
        name = path.parent.name.title() if path.stem == "policy" else str(document.data.get("name", layer))
        return f"{name} ({layer})"

    def heirs(self, document: Document) -> Iterator[Document]:
        """Those that stand on it, directly or through others; a circle is not followed for ever."""
        names = {layer_name(document.data)}
        while more := [
            one for name, one in self._known().items() if str(one.data.get("inherits")) in names and name not in names
        ]:
            names |= {layer_name(one.data) for one in more}
            yield from more

    def judge(self, document: Document, errors: FileErrors) -> Effective | None:
        """Judge as an import does; a regulation or a province has no effective policy of its own."""
        base = beneath(document, self.find, errors)
        if not is_ground(document):
            return judge_policy(document, base, errors)
        if base is not None:
            judge_ground(document, base, errors)
        return None

    def _known(self) -> dict[str, Document]:
        return self._inside | self._given

    @cached_property
    def _inside(self) -> dict[str, Document]:
        """What cannot be read is refused when it is named itself."""
        found: dict[str, Document] = {}
        for pattern in _INSIDE:
            for path in sorted(self.directory.glob(pattern)):
                if (one := read_file(path, FileErrors())) is not None:
                    found.setdefault(layer_name(one.data), one)
        return found


def read_file(path: Path, errors: FileErrors) -> Document | None:
    """The document, under the shortest name that an editor finds it by; raises OSError."""
    whole = path.resolve()
    here = Path.cwd()
    shown = whole.relative_to(here) if whole.is_relative_to(here) else path
    return read_document(str(shown), path.read_bytes(), errors)


def is_ground(document: Document) -> bool:
    """A regulation or a province's policy: a layer that others stand on."""
    scope = document.data.get("scope")
    return "regulation" in document.data or (isinstance(scope, str) and PROVINCE.fullmatch(scope) is not None)
