"""Whether an indicator can be measured: a judgement, or a unit in which nothing can be counted, measures nothing (BJI-5).

The words are those that people write where a figure belongs; a statement that says what is counted may hold any of them.
"""

import re
from collections.abc import Iterator

from contracts.plans.plans import Direction
from services.plans.plans.rules.content import Aspect, Indicator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_JUDGEMENTS = _words(
    "baik bagus baiknya terbaik memuaskan puas maksimal optimal prima unggul hebat luar biasa sesuai tepat lancar aman"
    " tertib rapi lengkap cukup kurang sempurna berkualitas profesional disiplin rajin giat semangat benar efektif"
    " efisien good well better best excellent great satisfactory fine proper properly optimal maximal smooth complete"
    " diligent professional effective efficient quality"
)
"""Say how somebody finds it, and nothing that another would count in the same way."""
_GENERAL = _words(
    "kerja bekerja kinerja pekerjaan tugas hasil pelaksanaan melaksanakan kegiatan pelayanan pegawai dengan secara yang dan"
    " sangat sekali lebih paling selalu dalam untuk work working job task duty duties performance result results activity"
    " activities service do doing with in a an the and very always more most of to"
)
"""Say nothing of what is counted."""
_WORD = re.compile(r"[^\W\d_]+")

Doubt = tuple[str, str, str]
"""Which field, and what is to be mended, in English and in Indonesian."""


def unmeasurable(indicator: Indicator) -> Iterator[Doubt]:
    """What keeps it from being measured at all, so that two who look would not find the same figure."""
    if _is_judgement(indicator.statement):
        yield (
            "statement",
            f'"{indicator.statement}" is a judgement: name what is counted, e.g. "Letters answered within 3 days"',
            f'"{indicator.statement}" adalah penilaian: sebutkan apa yang dihitung, misalnya "Surat dijawab dalam 3 hari"',
        )
    if not indicator.unit.strip():
        yield (
            "unit",
            "not measurable: it has no unit; name one in which it is counted, e.g. documents, people, per cent, days",
            "belum terukur: tanpa satuan; tulis satuan hitungnya, misalnya dokumen, orang, persen, hari",
        )
    elif _is_no_unit(indicator.unit):
        yield (
            "unit",
            f'nothing can be counted in "{indicator.unit}": name a unit such as documents, people, per cent, days',
            f'"{indicator.unit}" tidak dapat dihitung: tulis satuan seperti dokumen, orang, persen, hari',
        )


def doubtful(indicator: Indicator) -> Iterator[Doubt]:
    """What can be measured and tells little."""
    once = indicator.target_lo == indicator.target_hi == 1
    if once and indicator.direction is Direction.HIGHER_BETTER and indicator.aspect is Aspect.QUANTITY:
        yield (
            "target_hi",
            "a target of 1 is either reached or missed: say by when or how well as well, with an indicator of time or quality",
            "target 1 hanya tercapai atau tidak: tambahkan indikator waktu atau mutu, kapan dan sebaik apa",
        )


def _is_judgement(statement: str) -> bool:
    """Whether it consists of praise and of words that could stand anywhere."""
    words = [word.casefold() for word in _WORD.findall(statement)]
    return any(word in _JUDGEMENTS for word in words) and all(word in _JUDGEMENTS | _GENERAL for word in words)


def _is_no_unit(unit: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(unit)]
    if not words:
        return "%" not in unit
    return all(word in _JUDGEMENTS | _GENERAL for word in words) and not set(words) <= _COUNTABLE


_COUNTABLE = frozenset(
    {"kegiatan", "tugas", "pekerjaan", "pelayanan", "pegawai", "activity", "activities", "task", "job"}
)
"""Of the words that say nothing of a result, those that can be counted: three tasks are three tasks."""
