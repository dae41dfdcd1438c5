"""A YAML document as plain data, with the line and column of every key and item, and the comments beside them."""

from dataclasses import dataclass, field

import yaml

from kit.files import limits
from kit.files.comments import trailing_comments
from kit.files.decoding import decode, judge_text
from kit.files.errors import FileErrors, Place, quoted
from kit.files.limits import Limit
from kit.files.scalars import PLAIN, judge_scalar

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """Plain data only; dates stay text, so that what is stored is what was written.

    Anchors are refused because a few of them can unfold to gigabytes, and what is too much while it is being read.
    """

    def __init__(self, file: str, text: str) -> None:
        super().__init__(text)
        self._file, self._depth, self._nodes = file, 0, 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose one more, unless it is one too many; recursive, and therefore bounded in depth."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        place = _place(self._file, event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise _Unwanted(
                "anchors and what refers to them are not used here", "jangkar dan rujukannya tidak dipakai", place
            )
        self._nodes += 1
        self._depth += 1
        for count, limit in ((self._nodes, limits.VALUES), (self._depth - 1, limits.DEPTH)):
            if count > limit.most:
                raise _TooMuch(limit, place)
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


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
    """The document, or None if it cannot be read as one; nothing is raised, whatever the bytes are."""
    text = decode(file, content, errors)
    if text is None or not judge_text(file, text, errors):
        return None
    if len(text) > limits.DOCUMENT.most:
        limits.DOCUMENT.note(Place(file), errors)
        return None
    try:
        return _compose(file, text, errors)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = quoted(f"{error.context or ''} {error.problem or error}".strip())
        _refuse(_place(file, mark) if mark else Place(file), what, errors)
    except yaml.reader.ReaderError as error:
        _refuse(_place_of(file, text, error.position), f"U+{ord(str(error.character)):04X}", errors)
    except _TooMuch as error:
        error.limit.note(error.place, errors)
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


class _TooMuch(Exception):
    def __init__(self, limit: Limit, place: Place) -> None:
        super().__init__(limit.counted[0])
        self.limit, self.place = limit, place


def _refuse(place: Place, what: str, errors: FileErrors) -> None:
    errors.add(place, (f"this is not YAML: {what}", f"ini bukan YAML: {what}"), _INDENT)


def _place(file: str, mark: yaml.Mark) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _place_of(file: str, text: str, position: int) -> Place:
    return Place(file, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


def _compose(file: str, text: str, errors: FileErrors) -> Document | None:
    loader = _Loader(file, text)
    before = errors.total
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _Unwanted("the file holds no mapping of keys", "berkas tidak berisi pemetaan kunci")
        document = Document(file)
        twice = _mark(document, node, (), errors)
        # Values are made of what is plain alone: YAML's own constructors fail in many ways on what is not.
        if errors.total - before > twice:
            return None
        document.data = loader.construct_document(node)
        _note(document, text)
    finally:
        loader.dispose()
    return document


def _mark(document: Document, node: yaml.Node, path: Path, errors: FileErrors) -> int:
    """Note where everything stands, and what is no plain value; returns how many keys are there twice."""
    here = _place(document.file, node.start_mark)
    document.places.setdefault(path, here)
    if node.tag not in PLAIN:
        shown = quoted(node.tag.removeprefix("tag:yaml.org,2002:"))
        wrong = (f"values of the type '{shown}' are not used here", f"nilai berjenis '{shown}' tidak dipakai di sini")
        errors.add(here, wrong, _PLAIN)
    elif isinstance(node, yaml.ScalarNode):
        judge_scalar(node, here, errors)
    elif isinstance(node, yaml.MappingNode):
        return _mark_keys(document, node, path, errors)
    elif isinstance(node, yaml.SequenceNode):
        return sum(_mark(document, item, (*path, index), errors) for index, item in enumerate(node.value))
    return 0


def _note(document: Document, text: str) -> None:
    outermost: dict[int, Path] = {}
    for path, place in document.places.items():
        if path:
            outermost.setdefault(place.line, path)
    comments = trailing_comments(text)
    document.comments = {outermost[line]: words for line, words in comments.items() if line in outermost}


def _mark_keys(document: Document, node: yaml.MappingNode, path: Path, errors: FileErrors) -> int:
    twice = 0
    for key, value in node.value:
        place = _place(document.file, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise _Unwanted("a key must be a word", "kunci harus berupa kata", place)
        # A number as a key is a word too: pydantic and people read "16.71" the same way.
        key.tag = "tag:yaml.org,2002:str"
        judge_scalar(key, place, errors)
        inside = (*path, key.value)
        if inside in document.places:
            shown = quoted(key.value)
            wrong = (f"'{shown}' is there twice", f"'{shown}' ada dua kali")
            errors.add(place, wrong, ("remove one of the two", "hapus salah satunya"))
            twice += 1
            continue
        document.places[inside] = place
        twice += _mark(document, value, inside, errors)
    return twice
