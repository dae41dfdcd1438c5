"""What the gateway that is none has taken: results of people, listed as the web service lists them."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, uuid5

Body = Mapping[str, Any]
PERIOD = ("tahun", "bulanMulaiPenilaian", "bulanSelesaiPenilaian", "tahunMulaiPenilaian", "tahunSelesaiPenilaian")
_MATRIX = {
    (1, 1): 1,
    (1, 2): 2,
    (1, 3): 4,
    (2, 1): 2,
    (2, 2): 2,
    (2, 3): 4,
    (3, 1): 3,
    (3, 2): 3,
    (3, 3): 5,
}
"""Results and behaviour to quadrant, written down here once more: a gateway does not trust whoever sends."""


def person_of(nip: str) -> str:
    """The gateway's own id of a person."""
    return str(uuid5(NAMESPACE_OID, nip))


@dataclass
class Entries:
    """By person; what is listed lags behind what is taken by ``late_seconds``."""

    detects: bool = True
    """Whether a second result of the same months is refused, or simply taken once more."""
    late_seconds: float = 0.0
    refuse: Callable[[Body], str | None] = lambda _: None
    """Why a body is refused that is right in itself."""
    known: dict[str, str] = field(default_factory=dict)
    """NIP by person, of whoever was asked about."""
    by_person: defaultdict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """By form and person."""
    taken: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How often a result of these months was taken: form, person and period."""
    by_key: Counter[str] = field(default_factory=Counter)
    """How often under an ``Idempotency-Key``."""
    doubled: int = 0
    """How often a second one of the same months was refused."""
    replaced: Counter[str] = field(default_factory=Counter)
    """How often a newer one took the place of an entry, by its id."""

    def enter(self, form: str, nip: str, body: Body) -> None:
        """Somebody typed it in: it was not sent, and is listed at once."""
        self.known[person_of(nip)] = nip
        self._add(form, person_of(nip), body, at=0.0)

    def take(self, form: str, person: str, body: Body, key: str) -> tuple[int, dict[str, Any]]:
        """Status and answer of a result that is saved."""
        if (wrong := _wrong(body) or self.refuse(body)) is not None:
            return 400, {"success": False, "message": wrong}
        if (before := self._of(form, person, body.get("id"))) is not None:
            before |= body
            self.replaced[before["id"]] += 1
            return 200, {"success": True, "message": "Data berhasil diubah", "mapData": {"id": before["id"]}}
        period = _period(body)
        if self.detects and any(_period(one) == period for one in self.by_person[form, person]):
            self.doubled += 1
            return 409, {"success": False, "message": "Data kinerja pada periode ini sudah ada"}
        self.taken[(form, person, *period)] += 1
        self.by_key[key] += 1
        number = self._add(form, person, body, at=time.monotonic())
        return 200, {"success": True, "message": "Data berhasil disimpan", "mapData": {"id": number}}

    def listed(self, form: str, person: str) -> list[dict[str, Any]]:
        """What it has of a person, in the spelling of those who read: two names begin with a capital."""
        until = time.monotonic() - self.late_seconds
        return [_spelled(one) for one in self.by_person[form, person] if one["at"] <= until]

    def everything(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Form, NIP and result."""
        for (form, person), entries in self.by_person.items():
            for one in entries:
                yield form, self.known[person], one

    def _of(self, form: str, person: str, number: object) -> dict[str, Any] | None:
        return next((one for one in self.by_person[form, person] if one["id"] == number), None)

    def _add(self, form: str, person: str, body: Body, *, at: float) -> str:
        number = f"{form}-{len(self.by_person[form, person])}-{person[:8]}"
        self.by_person[form, person].append({**body, "id": number, "at": at})
        return number


def _wrong(body: Body) -> str | None:
    codes = (body.get("hasilKinerjaNilai"), body.get("perilakuKerjaNilai"))
    if _MATRIX.get(codes) != body.get("kuadranKinerjaNilai"):  # type: ignore[arg-type]
        return "Kuadran tidak sesuai dengan hasil kerja dan perilaku kerja"
    if body.get("statusPenilai") == "ASN" and not body.get("penilaiNipNrp"):
        return "NIP penilai wajib diisi"
    return None


def _period(body: Body) -> tuple[str, ...]:
    return tuple(str(body.get(name, "")) for name in PERIOD)


def _spelled(entry: Body) -> dict[str, Any]:
    other = {"kuadranKinerjaNilai": "KuadranKinerjaNilai", "perilakuKerjaNilai": "PerilakuKerjaNilai"}
    told = {other.get(name, name): value for name, value in entry.items() if name != "at"}
    return told | {"tahun": str(entry["tahun"])}  # a number here, a text there
