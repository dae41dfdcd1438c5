"""Judges the cells on one line of a servants file."""

import re
from collections.abc import Sequence
from datetime import date

from contracts.base import Role
from contracts.registry.personnel import GONE, Status
from kit.files import cells
from kit.files.errors import FileErrors
from kit.files.tables import Line
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import PNS_GRADES, PPPK_GRADES, EmploymentType, PositionKind

_YES = frozenset({"yes", "ya", "y", "true", "1", "x"})
_NO = frozenset({"", "no", "tidak", "n", "t", "false", "0"})
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_ROLES = frozenset(role.value for role in Role if role is not Role.PROVINCE)
"""Who is an official of the province is in no city's personnel."""
_STATUSES = frozenset(status.value for status in Status)
_KINDS = frozenset(kind.value for kind in PositionKind)


def judge_person(line: Line, nip: str, employment: EmploymentType | None, errors: FileErrors) -> None:
    """Number, name, employment and address."""
    if (found := nips.wrong_with(nip, employment)) is not None:
        errors.add(line.at("nip"), *found)
    elif (found := nips.doubtful(nip, employment)) is not None:
        errors.warn(line.at("nip"), *found)
    if not line.get("name"):
        errors.add(line.at("name"), ("the name is empty", "nama kosong"), ("enter the name", "isi nama"))
    if employment is None:
        text = line.get("employment_type")
        wrong = (f"unknown employment type '{text}'", f"jenis kepegawaian '{text}' tidak dikenal")
        errors.add(line.at("employment_type"), wrong, ("PNS or PPPK", "PNS atau PPPK"))
    if not line.get("email"):
        wrong = ("no e-mail: the inbox alone", "tanpa surel: hanya kotak masuk")
        errors.warn(line.at("email"), wrong, ("enter an address if there is one", "isi alamat jika ada"))
    elif not _EMAIL.fullmatch(line.get("email")):
        text = line.get("email")
        wrong = (f"'{text}' is no e-mail address", f"'{text}' bukan alamat surel")
        errors.add(line.at("email"), wrong, ("e.g. siti@palembang.example", "contoh: siti@palembang.example"))


def judge_position(line: Line, employment: EmploymentType | None, units: frozenset[str], errors: FileErrors) -> None:
    """Grade, position and unit."""
    grade, kind, unit = line.get("grade"), line.get("position_kind"), line.get("unit_code")
    grades = PPPK_GRADES if employment is EmploymentType.PPPK else PNS_GRADES
    if employment is EmploymentType.PPPK and grade in PNS_GRADES - PPPK_GRADES:
        wrong = (f"'{grade}' is a grade of a PNS, the person a PPPK", f"'{grade}' golongan PNS, pegawai ini PPPK")
        errors.warn(line.at("grade"), wrong, ("check which of the two is right", "periksa mana yang benar"))
    elif employment is not None and grade not in grades:
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


def is_yes(line: Line, column: str) -> bool:
    """Whether the cell says yes; what it may say is judged elsewhere."""
    return line.get(column).lower() in _YES


def judge_rest(line: Line, roles: Sequence[str], errors: FileErrors) -> None:
    """Roles, head and language."""
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


def status(line: Line, errors: FileErrors) -> Status | None:
    """What the file says, if it says anything; somebody who is not active without a status has moved away."""
    named, active = line.get("status").upper(), line.get("active").lower()
    if active not in _YES | _NO:
        wrong = (f"'{active}' is neither yes nor no", f"'{active}' bukan ya atau tidak")
        errors.add(line.at("active"), wrong, ("yes, no, or empty", "ya, tidak, atau kosong"))
    if named and named not in _STATUSES:
        wrong = (f"unknown status '{named}'", f"status '{named}' tidak dikenal")
        choice = ", ".join(Status)
        errors.add(line.at("status"), wrong, (f"one of {choice}, or empty", f"salah satu dari {choice}, atau kosong"))
        return None
    if not named:
        return Status.MOVED_AWAY if active and active in _NO else None
    if (Status(named) in GONE) == (active in _YES):
        wrong = (f"{named} contradicts active = {active}", f"{named} bertentangan dengan active = {active}")
        if active:
            errors.add(line.at("status"), wrong, ("fix one of the two", "perbaiki salah satunya"))
    return Status(named)


def since(line: Line, today: date, errors: FileErrors) -> date | None:
    """From when the rater relation holds, if the file says so; a day to come is for the changes file."""
    if not line.get("since"):
        return None
    day = cells.day(line, "since", errors, example="2026-01-31")
    if day is not None and day > today:
        wrong = (f"{day} lies in the future", f"{day} belum terjadi")
        fix = ("import the change when its day has come", "impor perubahan ini pada harinya")
        errors.add(line.at("since"), wrong, fix)
    return day
