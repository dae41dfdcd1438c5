"""A row as the gateway's web service takes it, and whether what the gateway lists is that row.

The names come from public connectors to SIASN (docs/export.md); answers spell some of them otherwise, so that every name is
compared without its case and its underscores.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_ANNUAL = (1, 12)
_CODES = ("hasilKinerjaNilai", "perilakuKerjaNilai", "kuadranKinerjaNilai")
_RATER = ("penilaiNipNrp", "penilaiNama", "penilaiJabatan", "penilaiGolongan", "penilaiUnorNama", "statusPenilai")
_MONTHS = ("bulanMulaiPenilaian", "bulanSelesaiPenilaian", "tahunMulaiPenilaian", "tahunSelesaiPenilaian")


@dataclass(frozen=True, slots=True)
class Form:
    """Where a kind of result is saved and listed, and which names say whose and of when it is."""

    save: str
    history: str
    person: str
    """The name under which the form takes the id that the gateway knows the person by."""
    period: tuple[str, ...]


ANNUAL = Form("/skp22/save", "/pns/rw-skp22/{nip}", "pnsDinilaiOrang", ("tahun",))
PERIODIC = Form("/kinerjaperiodik/save", "/pns/rw-kinerjaperiodik/{nip}", "pnsDinilaiId", ("tahun", *_MONTHS))
"""What is not a whole calendar year in one part."""


def form_of(record: Mapping[str, Any]) -> Form:
    """By which form a row goes."""
    months = (record["bulanMulaiPenilaian"], record["bulanSelesaiPenilaian"])
    one_year = record["tahunMulaiPenilaian"] == record["tahunSelesaiPenilaian"]
    return ANNUAL if one_year and months == _ANNUAL else PERIODIC


def body_of(record: Mapping[str, Any], person: str, *, instead_of: str | None = None) -> dict[str, Any]:
    """What is posted; ``person`` is the gateway's own id of the servant, ``instead_of`` that of what it replaces."""
    form = form_of(record)
    body = {name: record[name] for name in (*form.period, *_CODES, *_RATER)} | {form.person: person}
    return body if instead_of is None else body | {"id": instead_of}


def folded(value: Any) -> Any:
    """The same with every name in small letters and without underscores, however deep it lies."""
    if isinstance(value, Mapping):
        return {str(name).lower().replace("_", ""): folded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [folded(one) for one in value]
    return value


def _same(record: Mapping[str, Any], entry: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Numbers may come as text."""
    return all(str(entry.get(name.lower(), "")).strip() == str(record[name]) for name in names)


def of_its_period(record: Mapping[str, Any], entries: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """Among what the gateway lists of a person, folded: the results of the row's own months."""
    period = form_of(record).period
    return (one for one in entries if isinstance(one, Mapping) and _same(record, one, period))


def matching(record: Mapping[str, Any], entries: Iterable[Any]) -> Mapping[str, Any] | None:
    """The entry that says what the row says: these months, both ratings and the quadrant."""
    return next((one for one in of_its_period(record, entries) if _same(record, one, _CODES)), None)
