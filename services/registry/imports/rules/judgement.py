"""Judges a whole import against what is recorded; the outcome is complete or there are mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kit.files.documents import Document
from kit.files.errors import Mistakes, Place
from policy.inheritance import SCOPE, beneath, refuse_circle, refuse_unknown
from policy.judgement import Effective, inherits_of, judge_policy, scope_of
from policy.provenance import Layered, as_comment, parsed
from policy.shipped import shipped
from services.registry.imports.rules.circles import circles
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.rows import ServantRow, UnitRow
from services.registry.imports.rules.servants import judge_people
from services.registry.imports.rules.submission import Brought
from services.registry.imports.rules.units import judge_units


@dataclass(frozen=True, slots=True)
class KnownPolicy:
    """The newest policy of a scope, as recorded."""

    inherits: str | None
    document: Mapping[str, object]
    effective: Mapping[str, object]
    provenance: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Judged:
    """What is to be recorded."""

    policies: list[Effective] = field(default_factory=list)
    """The one brought, then those that inherit it."""
    units: list[UnitRow] = field(default_factory=list)
    people: list[ServantRow] = field(default_factory=list)


def judge(brought: Brought, known: Known, policies: Mapping[str, KnownPolicy], mistakes: Mistakes) -> Judged:
    """Judge policy, units and people in this order; later parts may refer to earlier ones."""
    judged = Judged()
    if brought.policy is not None:
        judged.policies = list(_policies(brought.policy, policies, mistakes))
    if brought.units is not None:
        judged.units = judge_units(brought.units.lines, known, mistakes)
    codes = frozenset(known.units)
    if "units" in brought.unread and brought.people is not None:
        codes |= {line.get("unit_code") for line in brought.people.lines}
    if brought.units is not None:
        codes |= {line.get("code") for line in brought.units.lines}  # a unit with a mistake is not unknown as well
    if brought.people is not None:
        judged.people = judge_people(brought.people.lines, known, codes, mistakes)
    _need_policy(brought, known.city, policies, mistakes)
    if "units" not in brought.unread:
        _need_unit(brought.policy, known.city, codes, mistakes)
    return judged


def _policies(document: Document, policies: Mapping[str, KnownPolicy], mistakes: Mistakes) -> Iterator[Effective]:
    name, scope = inherits_of(document.data), scope_of(document)
    above = {one: known.inherits for one, known in policies.items()} | ({scope: name} if scope else {})
    for circle in circles(above, [scope] if scope else []):
        refuse_circle(document, [*circle, circle[0]], mistakes)
        return
    base = _base(document, policies, mistakes)
    found = judge_policy(document, base, mistakes)
    if found is None:
        return
    yield found
    yield from _heirs(found, document, policies, mistakes)


def _heirs(
    above: Effective, document: Document, policies: Mapping[str, KnownPolicy], mistakes: Mistakes
) -> Iterator[Effective]:
    """Policies that inherit this one change with it, and must hold with it."""
    base = Layered(above.policy.model_dump(mode="json"), above.origins)
    for scope, known in policies.items():
        if known.inherits != above.scope:
            continue
        inner = Mistakes()
        heir = judge_policy(_as_written(scope, known), base, inner)
        for one in inner.found:
            wrong = (
                f"the policy of {scope}, which inherits this one, would no longer hold: {one.wrong.en}",
                f"kebijakan {scope} yang mewarisinya tidak lagi sah: {one.wrong.id}",
            )
            mistakes.add(document.at(()), wrong, (one.mend.en, one.mend.id))
        if heir is not None:
            yield heir
            yield from _heirs(heir, document, policies, mistakes)


def _as_written(scope: str, known: KnownPolicy) -> Document:
    """The recorded document, with the lines and remarks that were kept of its own values."""
    written = Document(scope, dict(known.document))
    for path, origin in parsed(known.provenance or {}).items():
        if origin.layer != scope:
            continue
        written.file = origin.file
        if origin.line is not None:  # a default has the line of what it is a default of
            written.places[path[:-1] if origin.implied else path] = Place(origin.file, origin.line)
        if not origin.implied:
            written.comments[path] = as_comment(origin)
    return written


def _base(document: Document, policies: Mapping[str, KnownPolicy], mistakes: Mistakes) -> Layered | None:
    """What lies below: a city's recorded policy, or what ships with the software."""
    name = inherits_of(document.data)
    if name is None or not SCOPE.fullmatch(name):
        return beneath(document, shipped, mistakes)
    if (known := policies.get(name)) is None:
        refuse_unknown(document, document, name, mistakes)
        return None
    return Layered.recorded(known.effective, known.provenance)


def _need_policy(brought: Brought, city: str, policies: Mapping[str, KnownPolicy], mistakes: Mistakes) -> None:
    if city in policies or (brought.policy is not None and scope_of(brought.policy) == city):
        return
    if "policy" in brought.unread or (brought.policy is not None and mistakes):
        return  # its own mistakes come first
    tables: Sequence[str] = [table.file for table in (brought.units, brought.people) if table is not None]
    for file in tables[:1]:
        wrong = (f"city {city} has no policy yet", f"kota {city} belum memiliki kebijakan")
        mend = ("bring policy.yaml as well", "sertakan policy.yaml")
        mistakes.add(Place(file), wrong, mend)


def _need_unit(document: Document | None, city: str, codes: frozenset[str], mistakes: Mistakes) -> None:
    scope = None if document is None else scope_of(document)
    if document is None or scope is None or scope == city or scope in codes:
        return
    wrong = (f"there is no unit {scope} to which the policy could apply", f"unit {scope} untuk kebijakan ini tidak ada")
    mistakes.add(
        document.at(("scope",)), wrong, ("bring units.csv with it as well", "sertakan units.csv yang memuatnya")
    )
