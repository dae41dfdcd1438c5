"""Judges what must add up in a policy: weights of criteria, shares of sources, and what neither may do."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import cast

from contracts.base import AssessorRole
from contracts.policy import Measure
from kit.files.documents import Document, Path
from kit.files.errors import FileErrors, quoted

_PLAIN = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")
# Decimal reads more: "NaN" and "1e-99999999" can neither be compared nor summed.
_NAMED = re.compile(r"attendance|kehadiran|absensi|presensi")
FEWEST_PEERS = 3
"""Fewer would not be anonymous; the contract holds the same line."""


def judge(document: Document, merged: Mapping[str, object], base: Mapping[str, object], errors: FileErrors) -> None:
    """Note every sum that is not 100, weighted attendance, named peers and changed locks."""
    criteria, sources = _items(merged.get("criteria")), _items(merged.get("sources"))
    _sum(document, "criteria", "weight", criteria, errors)
    _sum(document, "sources", "share", sources, errors)
    _twice(document, criteria, errors)
    for index, criterion in enumerate(criteria):
        if _is_attendance(criterion) and _number(criterion.get("weight")) != 0:
            wrong = (
                f"attendance has weight {quoted(criterion.get('weight'))}",
                f"kehadiran berbobot {quoted(criterion.get('weight'))}",
            )
            fix = (
                "set it to 0: what is appraised is achievement, not attendance",
                "isi dengan 0: yang dinilai capaian, bukan kehadiran",
            )
            errors.add(document.at(("criteria", index, "weight")), wrong, fix)
    for index, source in enumerate(sources):
        minimum = _number(source.get("minimum", 1))
        if source.get("role") == AssessorRole.PEER and (minimum is None or minimum < FEWEST_PEERS):
            wrong = ("peers without a minimum of at least 3", "rekan kerja tanpa batas minimum 3 orang")
            fix = ("add minimum: 3, or they are not anonymous", "tambahkan minimum: 3 agar tetap anonim")
            errors.add(document.at(("sources", index, "minimum")), wrong, fix)
    _locks(document, criteria, _items(base.get("criteria")), errors)


def _is_attendance(criterion: Mapping[str, object]) -> bool:
    """By its measure, or by its code: who calls it so cannot give it weight by having it assessed (BJI-1)."""
    return criterion.get("measure") == Measure.ATTENDANCE or _NAMED.search(str(criterion.get("code"))) is not None


def _sum(document: Document, key: str, part: str, items: list[Mapping[str, object]], errors: FileErrors) -> None:
    numbers = [_number(item.get(part)) for item in items]
    if not items or any(number is None for number in numbers):
        return  # missing and malformed numbers are errors of their own
    total = sum((number for number in numbers if number is not None), Decimal(0))
    if total != 100:
        parts = " + ".join(f"{number}" for number in numbers)
        wrong = (
            f"the {part}s of the {key} sum to {total}, not to 100 ({parts})",
            f"jumlah {part} pada {key} adalah {total}, bukan 100 ({parts})",
        )
        more, left = ("lower", "turunkan") if total > 100 else ("raise", "naikkan")
        by = abs(100 - total)
        errors.add(document.at((key,)), wrong, (f"{more} them by {by} in all", f"{left} sebanyak {by}"))


def _twice(document: Document, criteria: list[Mapping[str, object]], errors: FileErrors) -> None:
    codes = [criterion.get("code") for criterion in criteria]
    for index, code in enumerate(codes):
        if code is not None and codes.index(code) != index:
            wrong = (f"criterion '{quoted(code)}' is there twice", f"kriteria '{quoted(code)}' ada dua kali")
            fix = ("remove one of the two", "hapus salah satunya")
            errors.add(document.at(("criteria", index, "code")), wrong, fix)


def _locks(
    document: Document, criteria: list[Mapping[str, object]], above: Iterable[Mapping[str, object]], errors: FileErrors
) -> None:
    weights = {criterion.get("code"): _number(criterion.get("weight")) for criterion in criteria}
    for locked in above:
        code = locked.get("code")
        if locked.get("locked") is True and weights.get(code) != _number(locked.get("weight")):
            wrong = (
                f"the weight of '{code}' is locked at {locked.get('weight')} by the layer above",
                f"bobot '{code}' dikunci pada {locked.get('weight')} oleh kebijakan di atasnya",
            )
            fix = ("keep the criterion with that weight", "pertahankan kriteria dengan bobot itu")
            codes = [criterion.get("code") for criterion in criteria]
            path: Path = ("criteria", codes.index(code), "weight") if code in codes else ("criteria",)
            errors.add(document.at(path), wrong, fix)


def _items(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        return []
    return [cast("Mapping[str, object]", one) if isinstance(one, Mapping) else {} for one in value]


def _number(value: object) -> Decimal | None:
    """As it is written; None for what is no plain number, which is an error of its own."""
    if isinstance(value, bool) or not _PLAIN.fullmatch(str(value)):
        return None
    return Decimal(str(value))
