"""A YAML document as plain data, with the line and column of every key and item, and the comments beside them."""

from dataclasses import dataclass, field

import yaml

from kit.files.comments import trailing_comments
from kit.files.decoding import decode
from kit.files.errors import FileErrors, Place

Path = tuple[str | int, ...]
LARGEST = 1_000_000
DEEPEST = 30


class _Loader(yaml.SafeLoader):
    """Plain data only; dates stay text, so that what is stored is what was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(slots=True)
class Document:
    """What a YAML file says and where it says it."""

    file: str
    data: dict[str, object] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    """The comment at the end of a line, by the outermost thing that begins on that line."""

    def at(self, path: Path) -> Place:
        """Where a path stands, or the nearest thing around it that is written in this file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read_document(file: str, content: bytes, errors: FileErrors) -> Document | None:
    """The document, or None if it cannot be read at all."""
    text = decode(file, content, errors)
    if text is None:
        return None
    try:
        return _compose(file, text, errors)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        what = f"{error.context or ''} {error.problem or error}".strip()
        errors.add(place, (f"this is not YAML: {what}", f"ini bukan YAML: {what}"), _INDENT)
    except (yaml.YAMLError, RecursionError) as error:
        errors.add(Place(file), (f"this is not YAML: {error}", f"ini bukan YAML: {error}"), _INDENT)
    except _Unwanted as error:
        errors.add(error.place or Place(file), error.wrong, _PLAIN)
    return None


_INDENT = (
    "check indentation, colons and quotation marks here",
    "periksa indentasi, titik dua, dan tanda kutip di sini",
)
_PLAIN = ("write a plain mapping of keys and values", "tulis pemetaan kunci dan nilai yang sederhana")


class _Unwanted(Exception):
    def __init__(self, en: str, indonesian: str, place: Place | None = None) -> None:
        super().__init__(en)
        self.wrong = (en, indonesian)
        self.place = place


def _compose(file: str, text: str, errors: FileErrors) -> Document:
    if len(text) > LARGEST:
        raise _Unwanted(f"the file has more than {LARGEST} characters", f"berkas melebihi {LARGEST} karakter")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _Unwanted("the file holds no mapping of keys", "berkas tidak berisi pemetaan kunci")
        document = Document(file)
        _mark(document, node, (), set(), errors)
        document.data = loader.construct_document(node)
        _note(document, text)
    finally:
        loader.dispose()
    return document


def _mark(document: Document, node: yaml.Node, path: Path, seen: set[int], errors: FileErrors) -> None:
    """Note where everything stands; anchors are refused because a few of them can unfold to gigabytes."""
    here = Place(document.file, node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen or len(path) > DEEPEST:
        raise _Unwanted("anchors and deep nesting are not used here", "jangkar dan sarang dalam tidak dipakai", here)
    seen.add(id(node))
    document.places.setdefault(path, here)
    if isinstance(node, yaml.MappingNode):
        _mark_keys(document, node, path, seen, errors)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _mark(document, item, (*path, index), seen, errors)


def _note(document: Document, text: str) -> None:
    outermost: dict[int, Path] = {}
    for path, place in document.places.items():
        if path:
            outermost.setdefault(place.line, path)
    comments = trailing_comments(text)
    document.comments = {outermost[line]: words for line, words in comments.items() if line in outermost}


def _mark_keys(document: Document, node: yaml.MappingNode, path: Path, seen: set[int], errors: FileErrors) -> None:
    for key, value in node.value:
        place = Place(document.file, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            raise _Unwanted("a key must be a word", "kunci harus berupa kata", place)
        # A number as a key is a word too: pydantic and people read "16.71" the same way.
        key.tag = "tag:yaml.org,2002:str"
        inside = (*path, key.value)
        if inside in document.places:
            wrong = (f"'{key.value}' is there twice", f"'{key.value}' ada dua kali")
            errors.add(place, wrong, ("remove one of the two", "hapus salah satunya"))
            continue
        document.places[inside] = place
        _mark(document, value, inside, seen, errors)
