"""Judges the lines of a servants file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kit.files.errors import FileErrors
from kit.files.tables import Columns, Line
from services.registry.imports.rules import servant_cells
from services.registry.imports.rules.hierarchy import judge_hierarchy
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.rows import ServantRow
from services.registry.imports.rules.twins import judge_twins
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import EmploymentType

COLUMNS = Columns(
    required=(
        "nip",
        "name",
        "employment_type",
        "grade",
        "position",
        "position_kind",
        "unit_code",
        "rater_nip",
        "email",
    ),
    optional=("head", "roles", "language", "since", "active", "status"),
)
_TYPES = {one.value: one for one in EmploymentType}


def judge_people(lines: Sequence[Line], known: Known, units: frozenset[str], errors: FileErrors) -> list[ServantRow]:
    """The people, or fewer with what is wrong noted; ``units`` are all codes they may refer to."""
    first: dict[str, Line] = {}
    rows: list[ServantRow] = []
    # By the number that is recorded: the new one of the same person, in whatever line it is named.
    numbers = {line.get("former_nip"): nips.tidy(line.get("nip")) for line in lines if line.get("former_nip")}
    for line in lines:
        nip = nips.tidy(line.get("nip"))
        if nip in first:
            wrong = (
                f"NIP {nip} is already on line {first[nip].number}",
                f"NIP {nip} sudah ada di baris {first[nip].number}",
            )
            errors.add(line.at("nip"), wrong, ("keep one of the two lines", "pertahankan salah satu baris"))
            continue
        first[nip] = line
        row = _row(line, nip, known.today, units, errors)
        if row is not None:
            rows.append(row if row.rater_nip not in numbers else replace(row, rater_nip=numbers[row.rater_nip]))
    _refuse_both_numbers(first, numbers, errors)
    known = known.renumbered(numbers)
    judge_hierarchy(rows, first, known, errors)
    judge_twins(rows, first, known, errors)
    return rows


def _refuse_both_numbers(first: Mapping[str, Line], numbers: Mapping[str, str], errors: FileErrors) -> None:
    for former, nip in numbers.items():
        if former in first and nip in first:
            wrong = (
                f"line {first[nip].number} is the same person with the number {nip}",
                f"baris {first[nip].number} adalah orang yang sama dengan nomor {nip}",
            )
            errors.add(first[former].at("nip"), wrong, ("keep one of the two lines", "pertahankan salah satu baris"))


def _row(line: Line, nip: str, today: date, units: frozenset[str], errors: FileErrors) -> ServantRow | None:
    before = errors.total
    employment = _TYPES.get(line.get("employment_type").upper())
    servant_cells.judge_person(line, nip, employment, errors)
    servant_cells.judge_position(line, employment, units, errors)
    since, status = servant_cells.since(line, today, errors), servant_cells.status(line, errors)
    roles = tuple(line.get("roles").upper().replace(";", " ").replace(",", " ").split())
    servant_cells.judge_rest(line, roles, errors)
    if errors.total > before or employment is None:
        return None
    return ServantRow(
        line=line.number,
        nip=nip,
        name=line.get("name"),
        employment_type=employment.value,
        grade=line.get("grade"),
        position=line.get("position"),
        position_kind=line.get("position_kind").upper(),
        unit_code=line.get("unit_code"),
        is_head=servant_cells.is_yes(line, "head"),
        rater_nip=nips.tidy(line.get("rater_nip")) or None,
        email=line.get("email"),
        roles=tuple(sorted(set(roles))),
        language=line.get("language").lower() or "id",
        since=since,
        status=status,
        former_nip=line.get("former_nip") or None,
    )
