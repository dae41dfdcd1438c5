"""A form in words: every date, number and choice becomes text in one language, so that a template only places it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from contracts.base import Words
from contracts.month_names import MONTHS
from services.portal.papers.rules.letters import printable
from services.portal.papers.rules.parts import Person
from services.portal.papers.rules.terms import TERMS, ranked

_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_YES = {True: Words(id="Ya", en="Yes"), False: Words(id="Tidak", en="No")}


def said(words: Words, language: str) -> str:
    """In the language of the form."""
    return words.id if language == "id" else words.en


class Writer:
    """Writes values in one language and one time zone."""

    def __init__(self, language: str, zone: str) -> None:
        self._language = language
        self._zone = zone

    def write(self, value: Any) -> Any:
        """Texts, lists of them and objects of them; None where nothing is known.

        What is true or false and is shown as an answer becomes yes or no; a form's own switches stay what they are,
        because they are asked for and never shown.
        """
        if isinstance(value, Words):
            return printable(said(value, self._language)) or None
        if isinstance(value, BaseModel):
            return self._object(value)
        if isinstance(value, Mapping):
            return {str(key): self.write(one) for key, one in value.items()}
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [self.write(one) for one in value]
        return value if value is None or isinstance(value, bool) else (self.text(value) or None)

    def _object(self, value: BaseModel) -> dict[str, Any]:
        written = {name: self.write(getattr(value, name)) for name in type(value).model_fields}
        if isinstance(value, Person):
            written["grade"] = ranked(value.grade) or None
        return written

    def text(self, value: Any) -> str:
        """One value as people read it."""
        if isinstance(value, bool):
            return said(_YES[value], self._language)
        if isinstance(value, StrEnum):
            return said(TERMS[type(value)][value.value], self._language)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Decimal):
            return self.number(value)
        return str(value) if isinstance(value, int | UUID) else printable(str(value))

    def day(self, value: date) -> str:
        """``31 Januari 2027``."""
        return f"{value.day} {MONTHS[self._language][value.month - 1]} {value.year}"

    def moment(self, value: datetime) -> str:
        """``31 Januari 2027, 14.05 WIB``: in the city's zone, as the law counts."""
        local = value.astimezone(ZoneInfo(self._zone))
        clock = f"{local:%H.%M}" if self._language == "id" else f"{local:%H:%M}"
        return f"{self.day(local.date())}, {clock} {_ZONES.get(self._zone, local.strftime('%Z'))}"

    def number(self, value: Decimal) -> str:
        """With the places that it was given; thousands and decimals as the language writes them."""
        grouped = f"{value:,f}"
        return grouped.translate(str.maketrans(",.", ".,")) if self._language == "id" else grouped
