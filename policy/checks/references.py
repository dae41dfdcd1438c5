"""Judges names in a policy: those that must stand for something else in it, and those that stand only once."""

import difflib
from collections.abc import Mapping
from typing import cast

from pydantic import ValidationError

from contracts.base import Rating
from contracts.policy.levels import Descriptor, band_fault
from kit.files.documents import Document, Path
from kit.files.errors import FileErrors

NAMING = (("consequences", "development_criterion"), ("consequences", "innovation_criterion"))
"""Where a policy names one of its criteria."""


def judge(document: Document, merged: Mapping[str, object], errors: FileErrors) -> None:
    """Note every name of a criterion or a level that does not exist, and what is named twice."""
    _checklist(document, _get(merged, ("visits", "checklist")), errors)
    criteria = merged.get("criteria")
    if not isinstance(criteria, list):
        return
    items = [cast("Mapping[str, object]", one) if isinstance(one, Mapping) else {} for one in criteria]
    codes = [str(one.get("code")) for one in items]
    _rewards(document, merged, errors)
    for path in NAMING:
        named = _get(merged, path)
        if named is not None and str(named) not in codes:
            _unknown(document, path, str(named), codes, errors)
    for index, one in enumerate(items):
        _levels(document, index, one.get("descriptors"), errors)
        _bands(document, index, one.get("descriptors"), errors)
        _parts(document, index, one.get("parts"), codes, errors)


def _unknown(document: Document, path: Path, named: str, codes: list[str], errors: FileErrors) -> None:
    """Where the layer above names it, this document has taken the criterion away."""
    shown, list_of = ".".join(str(part) for part in path), ", ".join(codes)
    place = document.at(path if path in document.places else ("criteria",))
    wrong = (
        f"{shown} names '{named}', which is no criterion of this policy",
        f"{shown} menyebut '{named}', yang bukan kriteria kebijakan ini",
    )
    close = difflib.get_close_matches(named, codes, n=1)
    fix = (
        f"did you mean '{close[0]}'? The criteria are {list_of}" if close else f"name one of {list_of}, or null",
        f"maksudnya '{close[0]}'? Kriterianya: {list_of}" if close else f"tulis salah satu dari {list_of}, atau null",
    )
    errors.add(place, wrong, fix)


def _rewards(document: Document, merged: Mapping[str, object], errors: FileErrors) -> None:
    """A reward for innovation follows from a recognised innovation; a good result alone must not be called so."""
    kind = ("consequences", "recognition_kind")
    if _get(merged, kind) != "INNOVATION_REWARD":
        return
    wrong = (
        "a good result is no innovation: recognition is proposed from predicate and score alone",
        "hasil yang baik belum tentu inovasi: penghargaan diusulkan dari predikat dan nilai saja",
    )
    fix = (
        "write 'innovation_reward: true' for innovations, and another recognition_kind, e.g. RECOGNITION or AWARD",
        "tulis 'innovation_reward: true' untuk inovasi, dan recognition_kind lain, contoh RECOGNITION atau AWARD",
    )
    errors.add(document.at(kind), wrong, fix)


def _levels(document: Document, index: int, descriptors: object, errors: FileErrors) -> None:
    for level in descriptors if isinstance(descriptors, Mapping) else ():
        if level not in set(Rating):
            wrong = (f"there is no level '{level}'", f"tingkat '{level}' tidak ada")
            fix = (f"the levels are {', '.join(Rating)}", f"tingkatnya {', '.join(Rating)}")
            errors.add(document.at(("criteria", index, "descriptors", str(level))), wrong, fix)


def _bands(document: Document, index: int, descriptors: object, errors: FileErrors) -> None:
    """The points of the levels of a criterion: no point of the scale without a level, none with two (PLB-4)."""
    if not isinstance(descriptors, Mapping):
        return
    try:
        levels = {str(level): Descriptor.model_validate(one) for level, one in descriptors.items()}
    except ValidationError:
        return  # numbers that are none are errors of their own
    if (fault := band_fault(levels)) is None:
        return
    level, wrong = fault
    english = (
        "let points_from be the points_below of the level below it, 0 for the lowest; no points_below for the highest"
    )
    indonesian = (
        "samakan points_from dengan points_below tingkat di bawahnya, 0 untuk yang terendah; "
        "tanpa points_below untuk yang tertinggi"
    )
    errors.add(document.at(("criteria", index, "descriptors", level)), (wrong.en, wrong.id), (english, indonesian))


def _parts(document: Document, index: int, parts: object, codes: list[str], errors: FileErrors) -> None:
    listed = parts if isinstance(parts, list) else []
    for number, part in enumerate(listed):
        if part in codes or listed.index(part) != number:
            wrong = (f"part '{part}' is there already", f"bagian '{part}' sudah ada")
            fix = ("give each part a code of its own", "beri setiap bagian kode tersendiri")
            errors.add(document.at(("criteria", index, "parts", number)), wrong, fix)


def _checklist(document: Document, items: object, errors: FileErrors) -> None:
    listed = items if isinstance(items, list) else []
    codes = [one.get("code") if isinstance(one, Mapping) else None for one in listed]
    for index, code in enumerate(codes):
        if code is not None and codes.index(code) != index:
            wrong = (f"item '{code}' of the checklist is there twice", f"butir '{code}' daftar periksa ada dua kali")
            fix = ("give each item a code of its own", "beri setiap butir kode tersendiri")
            errors.add(document.at(("visits", "checklist", index, "code")), wrong, fix)


def _get(content: Mapping[str, object], path: Path) -> object:
    found: object = content
    for part in path:
        found = found.get(str(part)) if isinstance(found, Mapping) else None
    return found
