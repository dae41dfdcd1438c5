"""Judges what a lower layer makes of law: the longest limits of the regulation are never exceeded, the rest is warned of.

What a province, city or unit sets otherwise than a value marked "law" below it is allowed and warned of, with the line,
the article and how to fix it. A regulation overrides another in silence: the newer law is the law.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from kit.files.documents import Document, Path
from kit.files.errors import FileErrors, Place
from policy.checks.legal_limits import LONGEST, Longest
from policy.markers import Kind
from policy.provenance import IDENTITY, Layered, Origin, dotted

UNRULED = IDENTITY | {"name", "legal_basis", "regulation"}
"""What a policy is called and stands on; each layer says its own."""
_NAMES = ("phase", "code", "role", "name")
"""By which of its fields a thing in a list is the same in two layers, wherever it stands in the list."""
_FOLLOW = (
    "remove it to follow the law, or name beside it the regulation of your own that allows it ('# city: ...')",
    "hapus agar mengikuti peraturan, atau sebutkan di sampingnya peraturan daerah yang memperbolehkan ('# city: ...')",
)


def judge(document: Document, laid: Layered, base: Layered, errors: FileErrors) -> None:
    """Note every limit that is longer than law allows, and warn of every other value that law sets differently."""
    spoken_of = {path for path in (_judge_longest(document, laid, base, one, errors) for one in LONGEST) if path}
    if "regulation" in document.data:
        return
    above = {named: (path, value) for path, named, value in _leaves(laid.content)}
    found: dict[tuple[Place, str], list[tuple[str, object, object, Origin]]] = {}
    for path, named, value in _leaves(base.content):
        origin = _origin(path, base)
        if (
            origin is None
            or origin.kind is not Kind.LAW
            or path[0] in UNRULED
            or any(_below(path, one) for one in spoken_of)
        ):
            continue
        where, new = above.get(named, (path, None))
        if not _same(value, new) and _wrote(document, where):
            found.setdefault((document.at(where), origin.note), []).append((dotted(path), value, new, origin))
    for (place, _), changes in found.items():
        _warn(place, changes, errors)


def _judge_longest(document: Document, laid: Layered, base: Layered, rule: Longest, errors: FileErrors) -> Path | None:
    """The path that was spoken of, if anything was said."""
    if not _inside(document, rule.path):
        return None
    place = document.at((*rule.path, "due_days"))
    days, before = rule.days(_get(laid.content, rule.path)), rule.days(_get(base.content, rule.path))
    shown = (f"{dotted(rule.path)} {rule.meant[0]}", f"{dotted(rule.path)} {rule.meant[1]}")
    law = f"clock {rule.clock}, {rule.article}"
    if days is not None and days > rule.most:
        wrong = (
            f"{shown[0]} is {days} working days, law allows at most {rule.most} ({law})",
            f"{shown[1]} {days} hari kerja, paling lama {rule.most} menurut peraturan ({law})",
        )
        errors.add(place, wrong, (f"set at most {rule.most}", f"tetapkan paling lama {rule.most}"))
        return rule.path
    if days is not None and before is not None and days < before and rule.warned_when_shorter:
        wrong = (
            f"{shown[0]} is {days} working days where the layer below has {before} ({law}): {rule.shorter[0]}",
            f"{shown[1]} {days} hari kerja, lapisan di bawahnya {before} ({law}): {rule.shorter[1]}",
        )
        errors.warn(place, wrong, _FOLLOW)
        return rule.path
    return None


def _warn(place: Place, changes: list[tuple[str, object, object, Origin]], errors: FileErrors) -> None:
    """One for each line and article, however many values it changes."""
    origin = changes[0][3]
    listed = ", ".join(f"{name} {_shown(old)} -> {_shown(new)}" for name, old, new, _ in changes)
    law = f"{origin.layer}: {origin.note}, {origin.file}:{origin.line}"
    wrong = (f"this sets otherwise what law sets ({law}): {listed}", f"ini mengubah ketentuan hukum ({law}): {listed}")
    errors.warn(place, wrong, _FOLLOW)


def _leaves(content: object, path: Path = (), named: Path = ()) -> Iterator[tuple[Path, Path, object]]:
    """Every value with its path, and the path in which things in lists go by their names."""
    if isinstance(content, Mapping) and content:
        for key, value in content.items():
            yield from _leaves(value, (*path, str(key)), (*named, str(key)))
    elif isinstance(content, list) and content:
        for index, value in enumerate(content):
            yield from _leaves(value, (*path, index), (*named, _name(value, index)))
    else:
        yield path, named, content


def _name(value: object, index: int) -> str | int:
    names = (str(value[key]) for key in _NAMES if key in value) if isinstance(value, Mapping) else iter(())
    return next(names, index)


def _origin(path: Path, base: Layered) -> Origin | None:
    return next((base.origins[path[:end]] for end in range(len(path), 0, -1) if path[:end] in base.origins), None)


def _wrote(document: Document, path: Path) -> bool:
    """Whether the document sets this value: mappings are merged key by key, a list is replaced with all that is in it."""
    data: object = document.data
    for part in path:
        if not isinstance(data, Mapping):
            return True
        if part not in data:
            return False
        data = data[str(part)]
    return True


def _inside(document: Document, path: Path) -> bool:
    return any(_below(one, path) for one in document.places)


def _below(path: Path, above: Path) -> bool:
    return path[: len(above)] == above


def _get(content: object, path: Path) -> object:
    for part in path:
        content = content.get(part) if isinstance(content, Mapping) else None
    return content


def _same(old: object, new: object) -> bool:
    """Numbers are compared as such: what is recorded has them as text."""
    if old == new:
        return True
    try:
        return not isinstance(old, bool) and Decimal(str(old)) == Decimal(str(new))
    except InvalidOperation:
        return False


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
