"""Findings in Indonesian and English, as the one concerned and the performance office read them."""

from collections.abc import Callable, Iterable

from contracts.policy import Words
from scoring.names import as_entered, known_names
from services.evaluation.findings.rules.fairness import Finding, FindingCode


def all_in_words(findings: Iterable[Finding]) -> Words:
    """All of them in one text."""
    texts = [_WORDS[one.code](one) for one in findings]
    return Words(id="; ".join(one.id for one in texts), en="; ".join(one.en for one in texts))


def in_words(finding: Finding) -> Words:
    """One of them."""
    return _WORDS[finding.code](finding)


def _value(one: Finding) -> tuple[Words, Words]:
    return as_entered(str(one.value)), as_entered(str(one.limit))


def _about(one: Finding) -> Words:
    names = known_names()
    found = [names.get(code, Words(id=code, en=code)) for code in one.about]
    return Words(id=" dan ".join(name.id for name in found), en=" and ".join(name.en for name in found))


def _points(indonesian: str, english: str) -> Callable[[Finding], Words]:
    def words(one: Finding) -> Words:
        value, limit = _value(one)
        return Words(
            id=indonesian.format(value=value.id, limit=limit.id), en=english.format(value=value.en, limit=limit.en)
        )

    return words


def _unit(indonesian: str, english: str) -> Callable[[Finding], Words]:
    def words(one: Finding) -> Words:
        (value, limit), about = _value(one), _about(one)
        return Words(
            id=indonesian.format(value=value.id, limit=limit.id, about=about.id),
            en=english.format(value=value.en, limit=limit.en, about=about.en),
        )

    return words


def _gap(one: Finding) -> Words:
    value, limit = _value(one)
    about = _about(one) if one.about else Words(id="atasan dan sumber lain", en="the superior and the other sources")
    return Words(
        id=f"selisih {value.id} poin antara {about.id} (batas {limit.id})",
        en=f"{value.en} points between {about.en} (limit {limit.en})",
    )


_WORDS: dict[FindingCode, Callable[[Finding], Words]] = {
    FindingCode.SOURCE_GAP: _gap,
    FindingCode.LENIENCY: _points(
        "rata-rata nilai {value} poin di atas penilai lain (batas {limit})",
        "a mean {value} points above that of the other raters (limit {limit})",
    ),
    FindingCode.SEVERITY: _points(
        "rata-rata nilai {value} poin di bawah penilai lain (batas {limit})",
        "a mean {value} points below that of the other raters (limit {limit})",
    ),
    FindingCode.NARROW_SPREAD: _points(
        "nilai antarpegawai hampir sama: simpangan baku {value} poin (paling sedikit {limit})",
        "people are hardly told apart: standard deviation {value} points (at least {limit})",
    ),
    FindingCode.CENTRAL_TENDENCY: _points(
        "{value} persen nilai berada di tengah (batas {limit})",
        "{value} per cent of the scores lie in the middle (limit {limit})",
    ),
    FindingCode.HALO: _points(
        "kriteria dinilai seragam: keterkaitan {value} (batas {limit})",
        "one impression colours all criteria: association {value} (limit {limit})",
    ),
    FindingCode.NOT_LARGEST: _unit(
        "{about} {value} persen, bukan kelompok terbesar ({limit} persen)",
        "{about} {value} per cent, not the largest group ({limit} per cent)",
    ),
    FindingCode.TOO_MANY: _unit(
        "{about} {value} persen, di atas pedoman {limit} persen",
        "{about} {value} per cent, above the guidance of {limit} per cent",
    ),
    FindingCode.TOO_FEW: _unit(
        "{about} {value} persen, di bawah pedoman {limit} persen",
        "{about} {value} per cent, below the guidance of {limit} per cent",
    ),
}
