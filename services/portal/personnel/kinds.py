"""The acts that are checked before they are recorded: what each asks for, and where it goes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the office about a person."""

    path: str
    """Of the registry, below the person."""
    fields: tuple[str, ...]
    """As the form asks for them."""
    left_out: frozenset[str] = frozenset()
    """Of these, what may stay empty."""


ACTS: Mapping[str, Act] = {
    "angkat": Act(
        "appointments",
        ("appointed_as", "nip", "grade", "position", "position_kind", "since", "document", "reason"),
        frozenset({"nip", "grade", "position", "position_kind"}),
    ),
    "masuk": Act("entries", ("since", "reason")),
    "lepas": Act("releases", ("city", "since", "document", "reason")),
    "datang": Act("arrivals", ("city", "former_nip", "since", "document", "reason")),
}
"""By the last part of the page's address."""
APPOINTED_AS = ("CPNS", "PNS")
POSITION_KINDS = (
    *("JPT_UTAMA", "JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS", "PELAKSANA"),
    *("AHLI_UTAMA", "AHLI_MADYA", "AHLI_MUDA", "AHLI_PERTAMA", "PENYELIA", "MAHIR", "TERAMPIL", "PEMULA"),
)
CHANGE_STATES = ("PLANNED", "REFUSED", "APPLIED", "CANCELLED")
MOVE_KINDS = ("RELEASE", "ARRIVAL")
