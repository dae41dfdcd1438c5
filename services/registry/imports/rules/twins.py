"""Finds people who are there twice: under two numbers, or with one address."""

from collections.abc import Mapping, Sequence

from kit.files.errors import FileErrors
from kit.files.tables import Line
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.rows import ServantRow
from services.registry.imports.rules.vocabulary import plain_name

_BIRTH = 8
"""Digits of a NIP that are the day of birth."""


def judge_twins(rows: Sequence[ServantRow], first: Mapping[str, Line], known: Known, errors: FileErrors) -> None:
    """Name, birth date and address of somebody else are a second number of one person; one address of two is a warning."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for nip, one in known.people.items():
        if one.email and nip not in first:
            owners.setdefault(one.email.casefold(), []).append((nip, one.name))
    for row in rows:
        if not row.email:
            continue
        others = owners.setdefault(row.email.casefold(), [])
        line = first[row.nip]
        if (twin := _twin(row, others)) is not None:
            wrong = (
                f"{row.nip} has the name, birth date and e-mail of {twin}: one person, two numbers",
                f"{row.nip} memiliki nama, tanggal lahir, dan surel {twin}: satu orang, dua nomor",
            )
            fix = (
                "keep the right number; the office corrects one that is recorded",
                "pertahankan nomor yang benar; nomor tercatat dikoreksi pengelola kinerja",
            )
            errors.add(line.at("nip"), wrong, fix)
        elif others:
            wrong = (f"{others[0][0]} has the same address", f"{others[0][0]} memakai alamat yang sama")
            errors.warn(line.at("email"), wrong, ("each reads what the other gets", "keduanya membaca surel yang sama"))
        others.append((row.nip, row.name))


def _twin(row: ServantRow, others: Sequence[tuple[str, str]]) -> str | None:
    if not others:
        return None
    name = plain_name(row.name)
    return next((nip for nip, other in others if nip[:_BIRTH] == row.nip[:_BIRTH] and plain_name(other) == name), None)
