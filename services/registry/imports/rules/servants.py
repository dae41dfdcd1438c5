"""Judges the lines of a servants file."""

import re
from collections.abc import Sequence
from datetime import date

from contracts.base import Role
from contracts.registry.personnel import GONE, Status
from kit.files.errors import FileErrors
from kit.files.tables import Columns, Line
from services.registry.imports.rules.hierarchy import judge_hierarchy
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.rows import ServantRow
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import PNS_GRADES, PPPK_GRADES, EmploymentType, PositionKind

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
_YES = frozenset({"yes", "ya", "y", "true", "1", "x"})
_NO = frozenset({"", "no", "tidak", "n", "t", "false", "0"})
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_ROLES = frozenset(role.value for role in Role)
_TYPES = {one.value: one for one in EmploymentType}
_STATUSES = frozenset(status.value for status in Status)
_KINDS = frozenset(kind.value for kind in PositionKind)


def judge_people(lines: Sequence[Line], known: Known, units: frozenset[str], errors: FileErrors) -> list[ServantRow]:
    """The people, or fewer with what is wrong noted; ``units`` are all codes they may refer to."""
    first: dict[str, Line] = {}
    rows: list[ServantRow] = []
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
            rows.append(row)
    judge_hierarchy(rows, first, known, errors)
    return rows


def _row(line: Line, nip: str, today: date, units: frozenset[str], errors: FileErrors) -> ServantRow | None:
    before = len(errors.found)
    employment = _TYPES.get(line.get("employment_type").upper())
    _judge_person(line, nip, employment, errors)
    _judge_position(line, employment, units, errors)
    since, status = _since(line, today, errors), _status(line, errors)
    roles = tuple(line.get("roles").upper().replace(";", " ").replace(",", " ").split())
    _judge_rest(line, roles, errors)
    if len(errors.found) > before or employment is None:
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
        is_head=line.get("head").lower() in _YES,
        rater_nip=nips.tidy(line.get("rater_nip")) or None,
        email=line.get("email"),
        roles=tuple(sorted(set(roles))),
        language=line.get("language").lower() or "id",
        since=since,
        status=status,
    )


def _judge_person(line: Line, nip: str, employment: EmploymentType | None, errors: FileErrors) -> None:
    if (found := nips.wrong_with(nip, employment)) is not None:
        errors.add(line.at("nip"), *found)
    if not line.get("name"):
        errors.add(line.at("name"), ("the name is empty", "nama kosong"), ("enter the name", "isi nama"))
    if employment is None:
        text = line.get("employment_type")
        wrong = (f"unknown employment type '{text}'", f"jenis kepegawaian '{text}' tidak dikenal")
        errors.add(line.at("employment_type"), wrong, ("PNS or PPPK", "PNS atau PPPK"))
    if not _EMAIL.fullmatch(line.get("email")):
        text = line.get("email")
        wrong = (f"'{text}' is no e-mail address", f"'{text}' bukan alamat surel")
        errors.add(line.at("email"), wrong, ("e.g. siti@palembang.example", "contoh: siti@palembang.example"))


def _judge_position(line: Line, employment: EmploymentType | None, units: frozenset[str], errors: FileErrors) -> None:
    grade, kind, unit = line.get("grade"), line.get("position_kind"), line.get("unit_code")
    grades = PPPK_GRADES if employment is EmploymentType.PPPK else PNS_GRADES
    if employment is not None and grade not in grades:
        wrong = (f"'{grade}' is no grade of a {employment}", f"'{grade}' bukan golongan {employment}")
        span = "I - XVII" if employment is EmploymentType.PPPK else "I/a - IV/e"
        errors.add(line.at("grade"), wrong, (f"grades are {span}", f"golongan {span}"))
    if not line.get("position"):
        empty = ("the position is empty", "jabatan kosong")
        errors.add(line.at("position"), empty, ("enter the position", "isi jabatan"))
    if kind.upper() not in _KINDS:
        wrong = (f"unknown position kind '{kind}'", f"jenis jabatan '{kind}' tidak dikenal")
        choice = ", ".join(PositionKind)
        errors.add(line.at("position_kind"), wrong, (f"one of {choice}", f"salah satu dari {choice}"))
    if unit not in units:
        wrong = (f"unknown unit '{unit}'", f"unit '{unit}' tidak dikenal")
        fix = ("add it to the units file or fix the code", "tambahkan ke berkas unit atau perbaiki kodenya")
        errors.add(line.at("unit_code"), wrong, fix)


def _judge_rest(line: Line, roles: Sequence[str], errors: FileErrors) -> None:
    for role in roles:
        if role not in _ROLES:
            wrong = (f"unknown role '{role}'", f"peran '{role}' tidak dikenal")
            choice = ", ".join(sorted(_ROLES))
            errors.add(line.at("roles"), wrong, (f"{choice}, or empty", f"{choice}, atau kosong"))
    if line.get("head").lower() not in _YES | _NO:
        text = line.get("head")
        errors.add(
            line.at("head"),
            (f"'{text}' is neither yes nor no", f"'{text}' bukan ya atau tidak"),
            ("yes or no", "ya atau tidak"),
        )
    if line.get("language").lower() not in ("", "id", "en"):
        text = line.get("language")
        wrong = (f"unknown language '{text}'", f"bahasa '{text}' tidak dikenal")
        errors.add(line.at("language"), wrong, ("id or en", "id atau en"))


def _status(line: Line, errors: FileErrors) -> Status | None:
    """What the file says, if it says anything; somebody who is not active without a status has moved away."""
    status, active = line.get("status").upper(), line.get("active").lower()
    if active not in _YES | _NO:
        wrong = (f"'{active}' is neither yes nor no", f"'{active}' bukan ya atau tidak")
        errors.add(line.at("active"), wrong, ("yes, no, or empty", "ya, tidak, atau kosong"))
    if status and status not in _STATUSES:
        wrong = (f"unknown status '{status}'", f"status '{status}' tidak dikenal")
        choice = ", ".join(Status)
        errors.add(line.at("status"), wrong, (f"one of {choice}, or empty", f"salah satu dari {choice}, atau kosong"))
        return None
    if not status:
        return Status.MOVED_AWAY if active and active in _NO else None
    if (Status(status) in GONE) == (active in _YES):
        wrong = (f"{status} contradicts active = {active}", f"{status} bertentangan dengan active = {active}")
        if active:
            errors.add(line.at("status"), wrong, ("fix one of the two", "perbaiki salah satunya"))
    return Status(status)


def _since(line: Line, today: date, errors: FileErrors) -> date | None:
    text = line.get("since")
    if not text:
        return None
    try:
        since = date.fromisoformat(text)
    except ValueError:
        wrong = (f"the date '{text}' does not exist", f"tanggal '{text}' tidak ada")
        errors.add(line.at("since"), wrong, ("year-month-day, e.g. 2026-01-31", "tahun-bulan-hari, contoh: 2026-01-31"))
        return None
    if since > today:
        wrong = (f"{since} lies in the future", f"{since} belum terjadi")
        fix = ("import the change when its day has come", "impor perubahan ini pada harinya")
        errors.add(line.at("since"), wrong, fix)
    return since
