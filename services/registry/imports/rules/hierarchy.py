"""Judges who rates whom and who leads what, over the whole file and the city as it is recorded."""

from kit.files.errors import FileErrors
from kit.files.tables import Line
from services.registry.imports.rules.circles import circles, shown
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.rows import ServantRow


def judge_hierarchy(rows: list[ServantRow], first: dict[str, Line], known: Known, errors: FileErrors) -> None:
    """Raters exist, nobody rates himself or in a circle, a unit has one head."""
    _refuse_unknown_raters(rows, first, known, errors)
    _refuse_circles(rows, first, known, errors)
    _refuse_two_heads(rows, first, known, errors)


def _refuse_unknown_raters(rows: list[ServantRow], first: dict[str, Line], known: Known, errors: FileErrors) -> None:
    for row in rows:
        if row.rater_nip is None or row.rater_nip in first or row.rater_nip in known.raters:
            continue
        wrong = (f"unknown rater {row.rater_nip}", f"pejabat penilai {row.rater_nip} tidak dikenal")
        fix = (
            "add the rater to the file, fix the NIP, or leave it empty for the top official",
            "tambahkan penilai ke berkas, perbaiki NIP, atau kosongkan untuk pejabat tertinggi",
        )
        errors.add(first[row.nip].at("rater_nip"), wrong, fix)


def _refuse_circles(rows: list[ServantRow], first: dict[str, Line], known: Known, errors: FileErrors) -> None:
    above = dict(known.raters)
    above |= {row.nip: row.rater_nip for row in rows if row.nip not in known.pinned}
    for circle in circles(above, [row.nip for row in rows]):
        line = next(first[nip] for nip in circle if nip in first)
        way = shown(circle)
        wrong = (f"these people rate one another in a circle: {way}", f"saling menilai melingkar: {way}")
        fix = ("give one of them another rater", "beri salah satunya penilai lain")
        errors.add(line.at("rater_nip"), wrong, fix)


def _refuse_two_heads(rows: list[ServantRow], first: dict[str, Line], known: Known, errors: FileErrors) -> None:
    heads = {unit: nip for unit, nip in known.heads.items() if nip not in first}
    for row in rows:
        if not row.is_head:
            continue
        other = heads.setdefault(row.unit_code, row.nip)
        if other != row.nip:
            wrong = (
                f"unit {row.unit_code} already has a head: {other}",
                f"unit {row.unit_code} sudah memiliki kepala: {other}",
            )
            fix = ("leave 'head' at yes for one of the two", "isi 'head' dengan ya hanya untuk salah satu")
            errors.add(first[row.nip].at("head"), wrong, fix)
