"""Judges a whole import against what is recorded; the outcome is complete or there are errors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.calendar import SpecialDay
from kit.files.documents import Document
from kit.files.errors import FileErrors, Place
from policy.inheritance import SCOPE, beneath, refuse_circle, refuse_unknown
from policy.judgement import Effective, inherits_of, judge_policy, scope_of
from policy.provenance import Layered, as_comment, parsed
from policy.shipped import shipped
from services.registry.calendars.rules.days import judge_days
from services.registry.imports.rules.changes import ChangeRow, Named, judge_changes
from services.registry.imports.rules.circles import circles
from services.registry.imports.rules.competences import judge_competences
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.notes import Notes
from services.registry.imports.rules.people_table import lines_of, with_codes
from services.registry.imports.rules.rows import CompetenceRow, ServantRow, UnitRow
from services.registry.imports.rules.servants import judge_people
from services.registry.imports.rules.submission import Submission, Table
from services.registry.imports.rules.units import judge_units
from services.registry.servants.rules.nip import tidy


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
    """The one submitted, then those that inherit it."""
    units: list[UnitRow] = field(default_factory=list)
    people: list[ServantRow] = field(default_factory=list)
    days: list[SpecialDay] | None = None
    """None where no calendar was sent."""
    changes: list[ChangeRow] = field(default_factory=list)
    competences: list[CompetenceRow] = field(default_factory=list)
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What was read otherwise than written, passed over, warned of or asked."""
    names: Mapping[str, str] = field(default_factory=dict)
    """By kind (policy, units, servants, calendar, changes, competences): the file, where one was sent."""
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By kind of table: the place of each column in a line, from 0."""

    def place(self, kind: str, line: int, column: str) -> Place:
        """Where a cell stands; the first of the line, if the table does not have the column."""
        return Place(self.names[kind], line, self.columns.get(kind, {}).get(column, 0) + 1)


def judge(submission: Submission, known: Known, policies: Mapping[str, KnownPolicy], errors: FileErrors) -> Judged:
    """Judge policy, units, people, days, changes and competences in this order; later parts may refer to earlier ones."""
    notes = Notes()
    _prepare(submission, known, notes, errors)
    judged = Judged(names=submission.names, columns=submission.columns)
    if submission.policy is not None:
        judged.policies = list(_policies(submission.policy, policies, errors))
    if submission.units is not None:
        judged.units = judge_units(submission.units.lines, known, errors)
    codes = frozenset(known.units)
    if "units" in submission.unread and submission.people is not None:
        codes |= {line.get("unit_code") for line in submission.people.lines}
    if submission.units is not None:
        codes |= {line.get("code") for line in submission.units.lines}  # a unit with an error is not unknown as well
    if submission.people is not None:
        judged.people = judge_people(submission.people.lines, known, codes, errors)
    _need_policy(submission, known.city, policies, errors)
    if "units" not in submission.unread:
        _need_unit(submission.policy, known.city, codes, errors)
    if submission.calendar is not None:
        judged.days = judge_days(submission.calendar.lines, errors)
    judged.changes = _changes(submission, known, errors)
    if submission.competences is not None:
        judged.competences = judge_competences(submission.competences.lines, errors)
    notes.note_questions(errors)
    judged.notes = notes.told() | {"warnings": errors.warnings_in_order()}
    return judged


def _prepare(submission: Submission, known: Known, notes: Notes, errors: FileErrors) -> None:
    """Put the tables of units and people into our own layout, with what the office answered."""
    names = {code: known.unit_names.get(code, "") for code in known.units}
    if submission.units is not None:
        lines = with_codes(submission.units.lines, known, notes, errors)
        submission.units = Table(submission.units.file, lines)
        names |= {line.get("code"): line.get("name") for line in lines}
    submission.people = None
    one = submission.sheet
    # Of a file that was read no further, whatever else its lines would say is not the point.
    if one is not None and all(ended.file != one.file for ended in errors.ended):
        found = lines_of(one.file, one.sheet, known, names, notes, errors)
        submission.people = None if found is None else Table(one.file, found)


def _changes(submission: Submission, known: Known, errors: FileErrors) -> list[ChangeRow]:
    if submission.changes is None:
        return []
    people, units = set(known.raters), set(known.units)
    people |= {tidy(line.get("nip")) for line in submission.people.lines} if submission.people is not None else set()
    units |= {line.get("code") for line in submission.units.lines} if submission.units is not None else set()
    return judge_changes(submission.changes.lines, Named(frozenset(people), frozenset(units), known.former), errors)


def _policies(document: Document, policies: Mapping[str, KnownPolicy], errors: FileErrors) -> Iterator[Effective]:
    name, scope = inherits_of(document.data), scope_of(document)
    above = {one: known.inherits for one, known in policies.items()} | ({scope: name} if scope else {})
    for circle in circles(above, [scope] if scope else []):
        refuse_circle(document, [*circle, circle[0]], errors)
        return
    base = _base(document, policies, errors)
    found = judge_policy(document, base, errors)
    if found is None:
        return
    yield found
    yield from _heirs(found, document, policies, errors)


def _heirs(
    above: Effective, document: Document, policies: Mapping[str, KnownPolicy], errors: FileErrors
) -> Iterator[Effective]:
    """Policies that inherit this one change with it, and must hold with it."""
    base = Layered(above.policy.model_dump(mode="json"), above.origins)
    for scope, known in policies.items():
        if known.inherits != above.scope:
            continue
        inner = FileErrors()
        heir = judge_policy(_as_written(scope, known), base, inner)
        errors.total += inner.total - len(inner.in_order())
        for one in inner.in_order():
            wrong = (
                f"the policy of {scope}, which inherits this one, would no longer hold: {one.wrong.en}",
                f"kebijakan {scope} yang mewarisinya tidak lagi sah: {one.wrong.id}",
            )
            errors.add(document.at(()), wrong, (one.fix.en, one.fix.id))
        if heir is not None:
            yield heir
            yield from _heirs(heir, document, policies, errors)


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


def _base(document: Document, policies: Mapping[str, KnownPolicy], errors: FileErrors) -> Layered | None:
    """What lies below: a city's recorded policy, or what ships with the software."""
    name = inherits_of(document.data)
    if name is None or not SCOPE.fullmatch(name):
        return beneath(document, shipped, errors)
    if (known := policies.get(name)) is None:
        refuse_unknown(document, document, name, errors)
        return None
    return Layered.recorded(known.effective, known.provenance)


def _need_policy(submission: Submission, city: str, policies: Mapping[str, KnownPolicy], errors: FileErrors) -> None:
    if city in policies or (submission.policy is not None and scope_of(submission.policy) == city):
        return
    if "policy" in submission.unread or (submission.policy is not None and errors):
        return  # its own errors come first
    tables: Sequence[str] = [
        table.file for table in (submission.units, submission.people, submission.competences) if table is not None
    ]
    for file in tables[:1]:
        wrong = (f"city {city} has no policy yet", f"kota {city} belum memiliki kebijakan")
        fix = ("send policy.yaml as well", "sertakan policy.yaml")
        errors.add(Place(file), wrong, fix)


def _need_unit(document: Document | None, city: str, codes: frozenset[str], errors: FileErrors) -> None:
    scope = None if document is None else scope_of(document)
    if document is None or scope is None or scope == city or scope in codes:
        return
    wrong = (f"there is no unit {scope} to which the policy could apply", f"unit {scope} untuk kebijakan ini tidak ada")
    errors.add(document.at(("scope",)), wrong, ("send units.csv with it as well", "sertakan units.csv yang memuatnya"))
