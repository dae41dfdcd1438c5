"""What runs in the process aside: reads the files of an import, then judges them as often as it is asked.

The files never leave it: what comes out are rows that hold, or what is wrong.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from contracts.calendar import SpecialDay
from contracts.policy import Policy
from kit.chunks import in_chunks
from kit.files.errors import FileError, FileErrors
from policy.judgement import Effective, scope_of
from policy.provenance import Origin
from services.registry.imports.rules.changes import ChangeRow
from services.registry.imports.rules.judgement import Judged, KnownPolicy, judge
from services.registry.imports.rules.known import Known, KnownPerson
from services.registry.imports.rules.rows import CompetenceRow, ServantRow, UnitRow
from services.registry.imports.rules.submission import Submission, Upload, reading

NAME = f"{__name__}:Reader"
ROWS = 500
"""Rows in one line of the answer: whoever takes it in is busy for some milliseconds at a time."""
ERRORS = TypeAdapter(list[FileError])
_LISTS: Mapping[str, TypeAdapter[Any]] = {
    "units": TypeAdapter(list[UnitRow]),
    "people": TypeAdapter(list[ServantRow]),
    "days": TypeAdapter(list[SpecialDay]),
    "changes": TypeAdapter(list[ChangeRow]),
    "competences": TypeAdapter(list[CompetenceRow]),
}
_REPEATED = ("employment_type", "grade", "position", "position_kind", "unit_code", "language")
_KNOWN = TypeAdapter(Known)
_POLICIES = TypeAdapter(dict[str, KnownPolicy])

Named = Sequence[Any]
"""What a line of the answer is about, then what is said of it."""


class Reader:
    """One import."""

    def __init__(self) -> None:
        self._errors = FileErrors()
        self._submission = Submission()

    def read(self, names: Sequence[str], parts: Iterator[bytes]) -> Iterator[Named]:
        """Read the files; says before each which it is, and in the end what they are and whose policy is among them."""
        files: list[dict[str, Any]] = []
        for name in reading(_uploads(names, parts, files), self._submission, self._errors):
            yield "reading", name
        policy = self._submission.policy
        yield "files", files
        yield "scope", None if policy is None else scope_of(policy)

    def judge(self, about: Mapping[str, Any], parts: Iterator[bytes]) -> Iterator[Named]:
        """Judge everything against what is known; the answer is complete, or there are errors."""
        known, policies = _known(about["known"], parts), _POLICIES.validate_python(about["policies"])
        errors = FileErrors()
        errors.take(self._errors)
        judged = judge(self._submission, known, policies, errors)
        yield "notes", {**judged.notes, "warnings": ERRORS.dump_python(judged.notes["warnings"], mode="json")}
        yield "errors", errors.total
        yield "found", ERRORS.dump_python(errors.in_order(), mode="json")
        if not errors:
            yield from _told(judged)


def taken(judged: Judged, what: str, said: Any, seen: dict[str, str]) -> None:
    """Put together again, by whoever asked, what ``Reader.judge`` says of what it judged.

    ``seen`` holds the words that come again and again (units, grades, positions), so that they are in memory once.
    """
    if what == "people":
        for row in said:
            row |= {name: seen.setdefault(row[name], row[name]) for name in _REPEATED}
    if what == "notes":
        judged.notes = {**said, "warnings": ERRORS.validate_python(said["warnings"])}
    elif what == "names":
        judged.names = said
    elif what == "columns":
        judged.columns = said
    elif what == "policies":
        judged.policies.append(_effective(said))
    elif what in _LISTS:
        rows = getattr(judged, what) or []
        rows.extend(_LISTS[what].validate_python(said))
        setattr(judged, what, rows)


def asked(known: Known) -> tuple[dict[str, Any], list[bytes]]:
    """What is known as ``Reader.judge`` takes it: what is little, and pieces of what there is of everybody."""
    little = _KNOWN.dump_python(replace(known, raters={}, pinned=frozenset(), people={}), mode="json")
    people = list(known.raters)
    pieces = (
        {
            "raters": {nip: known.raters[nip] for nip in piece},
            "pinned": [nip for nip in piece if nip in known.pinned],
            "people": {nip: known.people[nip] for nip in piece if nip in known.people},
        }
        for piece in in_chunks(people, 10 * ROWS)
    )
    return little, [json.dumps(piece).encode() for piece in pieces]


def _uploads(names: Sequence[str], parts: Iterator[bytes], files: list[dict[str, Any]]) -> Iterator[Upload]:
    for name, content in zip(names, parts, strict=True):
        files.append({"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        yield Upload(name, content)


def _known(little: Mapping[str, Any], parts: Iterator[bytes]) -> Known:
    raters: dict[str, str | None] = {}
    pinned: set[str] = set()
    people: dict[str, KnownPerson] = {}
    for part in parts:
        piece = json.loads(part)
        raters |= piece["raters"]
        pinned |= set(piece["pinned"])
        people |= {nip: KnownPerson(*one) for nip, one in piece["people"].items()}
    return replace(_KNOWN.validate_python(little), raters=raters, pinned=frozenset(pinned), people=people)


def _told(judged: Judged) -> Iterator[Named]:
    yield "names", judged.names
    yield "columns", judged.columns
    for policy in judged.policies:
        yield "policies", _policy(policy)
    for name, adapter in _LISTS.items():
        rows = getattr(judged, name)
        if rows is not None and not rows:
            yield name, []
        for piece in in_chunks(rows or [], ROWS):
            yield name, adapter.dump_python(list(piece), mode="json")


def _policy(one: Effective) -> dict[str, Any]:
    return {
        "scope": one.scope,
        "inherits": one.inherits,
        "document": one.document,
        "policy": one.policy.model_dump(mode="json"),
        "content_hash": one.content_hash,
        "origins": [[path, origin.model_dump(mode="json")] for path, origin in one.origins.items()],
    }


def _effective(said: dict[str, Any]) -> Effective:
    policy = Policy.model_validate(said.pop("policy"))
    origins = {tuple(path): Origin.model_validate(origin) for path, origin in said.pop("origins")}
    return Effective(**said, policy=policy, origins=origins)
