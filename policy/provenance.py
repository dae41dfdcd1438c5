"""Which layer set each value of an effective policy, where in that layer, and what stands behind it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, cast

from contracts.base import Frozen
from contracts.policy import Policy
from kit.files.documents import Document, Path
from policy.layers import inherited, lay
from policy.markers import Kind, mark_at, marks_of

SOFTWARE = "software"
"""The layer of values that no document names: defaults of the contract."""
IDENTITY = frozenset({"scope", "version", "inherits"})
"""What a policy is called; not what it rules."""


class Origin(Frozen):
    """Where one value comes from."""

    layer: str
    """A regulation (``permenpanrb-6-2022``), a province (``16``), a city (``16.71``) or a unit (``16.71.14``)."""
    file: str = ""
    line: int | None = None
    kind: Kind = Kind.PLACEHOLDER
    note: str = ""
    """The article, or what else is said of the value."""
    implied: bool = False
    """Not written: the default of something that the layer wrote."""


Origins = Mapping[Path, Origin]
_IMPLIED = {"implied": True, "kind": Kind.PLACEHOLDER, "note": ""}


@dataclass(frozen=True, slots=True)
class Layered:
    """Layers laid over one another, and where everything in them comes from."""

    content: Mapping[str, object] = field(default_factory=dict)
    origins: Origins = field(default_factory=dict)

    def over(self, document: Document) -> "Layered":
        """With one more layer on top."""
        origins = _over(document.data, self, origins_in(document))
        return Layered(lay(document.data, inherited(self.content)), origins)

    @classmethod
    def recorded(cls, effective: Mapping[str, object], provenance: Mapping[str, Any] | None) -> Self:
        """As the registry keeps it."""
        return cls(effective, parsed(provenance or {}))


def layer_name(document: Mapping[str, object]) -> str:
    """What others call this layer in ``inherits``."""
    return str(document.get("regulation") or document.get("scope") or "")


def origins_in(document: Document) -> Callable[[Path, object], Origin]:
    """What gives the origin of each value in a document: where it stands, and what is said of it there."""
    marks, layer = marks_of(document), layer_name(document.data)
    confirmed = document.data.get("placeholder") is False
    regulation = "regulation" in document.data

    def origin(path: Path, value: object) -> Origin:
        said = mark_at(path, marks)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        usual = Kind.OWN if confirmed or not (number or regulation) else Kind.PLACEHOLDER
        return Origin(
            layer=layer,
            file=document.file,
            line=document.at(path).line if path in document.places else None,
            kind=usual if said is None else said.kind,
            note="" if said is None else said.note,
        )

    return origin


def resolved(policy: Policy, origins: Origins) -> dict[Path, Origin]:
    """Of every value of an effective policy; what is not written anywhere belongs to what it is the default of."""
    content = policy.model_dump(mode="json", exclude=set(IDENTITY))
    return {path: _nearest(path, origins) for path, _ in leaves(content)}


def leaves(content: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value with its path; an empty list or mapping is a value too."""
    if isinstance(content, Mapping) and content:
        for key, value in content.items():
            yield from leaves(value, (*path, str(key)))
    elif isinstance(content, list | tuple) and content:
        for index, value in enumerate(content):
            yield from leaves(value, (*path, index))
    else:
        yield path, content


def written(origins: Origins) -> dict[str, dict[str, Any]]:
    """As JSON: by the path with dots."""
    return {dotted(path): origin.model_dump(mode="json") for path, origin in origins.items()}


def parsed(provenance: Mapping[str, Any]) -> dict[Path, Origin]:
    """From JSON."""
    return {undotted(path): Origin.model_validate(origin) for path, origin in provenance.items()}


def as_comment(origin: Origin) -> str:
    """The marker that says what is known of a value."""
    return f"{origin.kind.lower()}: {origin.note}"


def dotted(path: Path) -> str:
    """For people and for JSON: ``criteria.0.weight``."""
    return ".".join(str(part) for part in path)


def undotted(path: str) -> Path:
    """Back again; indices are numbers."""
    return tuple(int(part) if part.isascii() and part.isdigit() else part for part in path.split("."))


def _nearest(path: Path, origins: Origins) -> Origin:
    for length in range(len(path), 0, -1):
        found = origins.get(path[:length])
        if found is not None:
            return found if length == len(path) else found.model_copy(update=_IMPLIED)
    return Origin(layer=SOFTWARE, implied=True)


def _over(data: Mapping[str, object], below: Layered, origin: Callable[[Path, object], Origin]) -> Origins:
    """Mappings are merged, everything else is replaced together with all that was inside it; as ``layers.lay`` does."""
    origins = dict(below.origins)

    def put(value: object, under: object, path: Path) -> None:
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            origins.setdefault(path, origin(path, value))
            for key, inner in value.items():
                put(inner, under.get(key), (*path, str(key)))
            return
        # Only where there is something below: a document of many new keys would otherwise cost their number squared.
        for old in [one for one in origins if one[: len(path)] == path] if under is not None else ():
            del origins[old]
        _all_inside(value, path)

    def _all_inside(value: object, path: Path) -> None:
        origins[path] = origin(path, value)
        items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in cast("Iterator[tuple[str | int, object]]", items):
            _all_inside(inner, (*path, key))

    for key, value in data.items():
        put(value, below.content.get(key), (str(key),))
    return origins
