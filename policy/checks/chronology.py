"""Judges what must run forward in a policy: the rungs of ladders and the phases of the cycle."""

from collections.abc import Mapping
from datetime import date

from contracts.base import Phase
from contracts.policy import Anchor
from kit.files.documents import Document, Path
from kit.files.errors import FileErrors

_ORDER = {phase.value: index for index, phase in enumerate(Phase)}


def judge(document: Document, merged: Mapping[str, object], errors: FileErrors) -> None:
    """Note every ladder or phase that goes back in time."""
    ladders = merged.get("ladders")
    if isinstance(ladders, Mapping):
        for obligation, ladder in ladders.items():
            if isinstance(ladder, Mapping):
                _ladder(document, str(obligation), ladder.get("rungs"), errors)
    phases = merged.get("phases")
    if isinstance(phases, list):
        _phases(document, [phase for phase in phases if isinstance(phase, Mapping)], errors)
    _holidays(document, errors)


def _ladder(document: Document, obligation: str, rungs: object, errors: FileErrors) -> None:
    if not isinstance(rungs, list):
        return
    before: int | None = None
    for index, rung in enumerate(rungs):
        days = rung.get("days") if isinstance(rung, Mapping) else None
        if not isinstance(days, int):
            continue
        if before is not None and days < before:
            place = document.at(("ladders", obligation, "rungs", index, "days"))
            wrong = (
                f"the ladder {obligation} goes back in time: {days} after {before}",
                f"tangga {obligation} berjalan mundur: {days} setelah {before}",
            )
            errors.add(place, wrong, ("order the rungs by days", "urutkan anak tangga menurut hari"))
        before = days


def _phases(document: Document, phases: list[Mapping[str, object]], errors: FileErrors) -> None:
    latest = -1
    for index, phase in enumerate(phases):
        number = _ORDER.get(str(phase.get("phase")), latest)
        if number < latest or (number == latest and index > 0 and str(phase.get("phase")) in _ORDER):
            wrong = (f"phase {phase.get('phase')} stands too late", f"tahap {phase.get('phase')} salah urutan")
            order = ", ".join(Phase)
            fix = (f"each once, in this order: {order}", f"masing-masing sekali, urutannya: {order}")
            errors.add(document.at(("phases", index, "phase")), wrong, fix)
        latest = max(latest, number)
        _span(document, ("phases", index), phase, errors)


def _span(document: Document, path: Path, phase: Mapping[str, object], errors: FileErrors) -> None:
    opens, due = phase.get("opens"), phase.get("due")
    if not isinstance(opens, Mapping) or not isinstance(due, Mapping):
        return
    if opens.get("anchor") == Anchor.PHASE_OPENING or due.get("anchor") == Anchor.PREVIOUS_PHASE:
        wrong = (
            "PHASE_OPENING is only for 'due', PREVIOUS_PHASE only for 'opens'",
            "PHASE_OPENING hanya untuk 'due', PREVIOUS_PHASE hanya untuk 'opens'",
        )
        errors.add(document.at((*path, "opens")), wrong, ("choose another anchor", "pilih jangkar lain"))
    start, end = opens.get("days", 0), due.get("days", 0)
    if opens.get("anchor") == due.get("anchor") and isinstance(start, int) and isinstance(end, int) and end < start:
        wrong = (
            f"phase {phase.get('phase')} is due before it opens",
            f"tahap {phase.get('phase')} berakhir sebelum dibuka",
        )
        errors.add(document.at((*path, "due")), wrong, ("move one of the two", "geser salah satunya"))


def _holidays(document: Document, errors: FileErrors) -> None:
    given = document.data.get("holidays")
    if given is None:
        return
    fix = ('a mapping of dates, e.g. "2026-06-17": Hari jadi kota', 'pemetaan, contoh: "2026-06-17": Hari jadi kota')
    scope = str(document.data.get("scope"))
    if not isinstance(given, Mapping):
        errors.add(document.at(("holidays",)), ("holidays are a mapping", "holidays berupa pemetaan"), fix)
    elif scope.count(".") > 1:
        wrong = ("only the city has a calendar", "hanya kota yang memiliki kalender")
        errors.add(document.at(("holidays",)), wrong, ("move them to the city's policy", "pindahkan ke kota"))
    else:
        for day in given:
            if not _is_date(str(day)):
                wrong = (f"the date '{day}' does not exist", f"tanggal '{day}' tidak ada")
                errors.add(document.at(("holidays", str(day))), wrong, fix)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
