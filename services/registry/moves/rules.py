"""What may be recorded of a move between cities."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.errors import Invalid

_CITY = re.compile(r"\d{2}\.\d{2}")


@dataclass(frozen=True, slots=True)
class Moving:
    """A move as an office asks for it."""

    servant_id: UUID
    other_city: str
    """Kemendagri code."""
    moved_on: date
    reason: str
    document: str


def require_other(city: str, here: str) -> None:
    """Raises Invalid for what is no code of another city."""
    if not _CITY.fullmatch(city):
        raise Invalid(
            f"'{city}' is no code of a city, e.g. 14.72", f"'{city}' bukan kode kota, contoh: 14.72", where="city"
        )
    if city == here:
        raise Invalid("this is the own city: record a transfer", "ini kota sendiri: catat mutasi", where="city")
