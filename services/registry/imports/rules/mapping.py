"""Which column of an office's table is which field: proposed with reasons, confirmed or changed once, remembered by its header."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from services.registry.imports.rules.headers import FIELDS, Header, key

NEEDED = ("nip", "name", "position", "unit_code")
"""What no rule can supply; everything else has one, which the proposal tells."""
_WITHOUT = {
    "employment_type": ("told from digits 13-14 of the NIP", "dari digit 13-14 NIP"),
    "position_kind": ("told from the name of the position", "dari nama jabatan"),
    "rater_nip": (
        "whoever is recorded already; of new people the head of the unit, of a head the unit above's",
        "penilai yang sudah tercatat; untuk pegawai baru kepala unit, untuk kepala: kepala unit di atasnya",
    ),
    "email": ("as recorded; new people get the inbox alone", "seperti tercatat; pegawai baru hanya kotak masuk"),
    "head": ("as recorded; new people lead nothing", "seperti tercatat; pegawai baru bukan kepala"),
    "roles": ("as recorded", "seperti tercatat"),
    "language": ("as recorded; else Indonesian", "seperti tercatat; selain itu Indonesia"),
}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What an office confirmed of one header."""

    columns: Mapping[str, str]
    """The header of the column by field."""
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field: what a value that is ambiguous means."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file's columns seem to be."""

    kind: str
    key: str
    file: str
    sheet: str
    line: int
    header: tuple[str, ...]
    columns: Mapping[str, str]
    missing: tuple[str, ...]
    """Fields that no column gives and no rule supplies."""
    reasons: tuple[dict[str, Any], ...]

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def key_of(kind: str, header: Sequence[str]) -> str:
    """The same for the same columns, in whatever letters and blanks they are written."""
    said = json.dumps([kind, *(key(one) for one in header)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def proposed(file: str, sheet: str, header: Header) -> Proposal:
    """Of a header that was recognised."""
    columns = {name: header.labels[at] for name, at in header.columns.items()}
    reasons = [*_used(header), *_supplied(columns)]
    missing = tuple(name for name in NEEDED if name not in columns)
    if "grade" not in columns and "rank" not in columns:
        missing = (*missing, "grade")
    found = key_of("servants", header.labels)
    return Proposal("servants", found, file, sheet, header.line, header.labels, columns, missing, tuple(reasons))


def _used(header: Header) -> list[dict[str, Any]]:
    means = {at: name for name, at in header.columns.items()}
    reasons = []
    for at, label in enumerate(header.labels):
        name = means.get(at)
        if name is None:
            why = ("not used: no field of ours", "tidak dipakai: tidak ada isian untuk ini")
        elif name in header.near:
            why = (f"resembles a name of {name}", f"mirip nama untuk {name}")
        else:
            why = (f"a known name of {name}", f"nama yang dikenal untuk {name}")
        reasons.append({"header": label, "field": name, "reason": {"en": why[0], "id": why[1]}})
    return reasons


def _supplied(columns: Mapping[str, str]) -> list[dict[str, Any]]:
    given = set(columns) | ({"position_kind"} if "echelon" in columns else set())
    return [
        {"header": None, "field": name, "reason": {"en": why[0], "id": why[1]}}
        for name, why in _WITHOUT.items()
        if name not in given
    ]


def applied(header: Header, confirmed: Confirmed) -> dict[str, int]:
    """The place of each field in a line."""
    places = {key(label): at for at, label in enumerate(header.labels)}
    return {
        name: places[key(label)] for name, label in confirmed.columns.items() if name in FIELDS and key(label) in places
    }
