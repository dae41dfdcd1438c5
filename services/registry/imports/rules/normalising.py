"""Puts an office's table of people into our own layout, and every value into the one way in which it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kit.files import days
from kit.files.answers import Ask, Found, Wrong, is_nothing
from kit.files.tables import Line
from services.registry.imports.rules import example
from services.registry.imports.rules.cells_read import At, Reading
from services.registry.imports.rules.identity import Identity
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.neighbours import Neighbours
from services.registry.imports.rules.people_lines import Person, people_of
from services.registry.imports.rules.values import numbers, words

LAYOUT = (
    "nip", "name", "employment_type", "grade", "position", "position_kind", "unit_code", "rater_nip", "email", "head",
    "roles", "language", "since", "active", "status", "former_nip",
)  # fmt: skip
_FIELDS = {name: at for at, name in enumerate(LAYOUT)}
_LANGUAGES = {"indonesia": "id", "bahasa indonesia": "id", "indonesian": "id", "inggris": "en", "english": "en"}
_CONTRACT = 21


@dataclass
class Normaliser:
    """One table while it is put into our layout."""

    reading: Reading
    known: Known
    units: Mapping[str, str]
    """Names by code, those of this import included."""
    _people: list[Person] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """Every person's line in our layout; what is no person is passed over and told."""
        reading = self.reading
        self._people = list(people_of(reading.source, reading.notes, reading.errors))
        return [self._line(number, cells, nip) for number, cells, nip in self._people]

    @cached_property
    def _identity(self) -> Identity:
        return Identity(self.reading, self.known)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self.reading, self._identity, self.known, self.units, self._people)

    def _line(self, number: int, cells: Sequence[str], found: Found) -> Line:
        line = At(self.reading, number, cells)
        said = line.text
        nip = self._identity.number(line, found)
        contract = self._employment(line, nip)
        name = self._name(line)
        former = "" if contract[1] else self._identity.recorded(line, nip, name)
        grade_field = "grade" if said("grade") or not said("rank") else "rank"
        grade_text = said(grade_field)
        grade = line.take(
            grade_field, grade_text, lambda: words.grade(grade_text, contract=contract[1]), str(contract[1])
        )
        position = said("position")
        kind = said("position_kind")
        shown = kind or (position if not self.reading.source.plain else "")
        column = "position_kind" if "position_kind" in self.reading.source.columns else "position"
        more = said("echelon"), position
        position_kind = line.take(
            column,
            shown,
            lambda: words.position_kind(kind, echelon=more[0], position=more[1]),
            *more,
            named="position_kind",
        )
        as_recorded = former or nip
        rater = self._neighbours.rater(line)
        unit = self._neighbours.unit(line, rater)
        if rater is None:
            rater = self._neighbours.usual_rater(as_recorded, unit)
        values = {
            "nip": nip, "name": name, "employment_type": contract[0], "grade": grade, "position": position,
            "position_kind": position_kind, "unit_code": unit, "rater_nip": rater,
            "email": self._email(line, as_recorded), "head": self._head(line, as_recorded, unit), "roles": self._kept(line, as_recorded, "roles"),
            "language": self._language(line, as_recorded), "since": line.take("since", said("since"), lambda: days.day(said("since")) if said("since") else ""),
            "active": self._active(line), "status": said("status"), "former_nip": former,
        }  # fmt: skip
        places = dict(self.reading.source.columns)
        places.setdefault("grade", places.get("rank", 0))
        places.setdefault("position_kind", places.get("echelon", places.get("position", 0)))
        return Line(
            self.reading.source.file,
            number,
            [values[one] for one in LAYOUT],
            _FIELDS,
            places,
            self.reading.source.sheet.name,
        )

    def _employment(self, line: At, nip: str) -> tuple[str, bool]:
        text = line.text("employment_type")
        if "employment_type" not in self.reading.source.columns:
            value = "PPPK" if nip[12:14].isdigit() and int(nip[12:14]) >= _CONTRACT else "PNS"
            return value, value == "PPPK"
        value = line.take("employment_type", text, lambda: words.employment(text)[0])
        return value, value == "PPPK"

    def _name(self, line: At) -> str:
        name = " ".join(line.text("name").split())
        if name and is_nothing(name):
            wrong = (f"'{name}' is no name", f"'{name}' bukan nama")
            line.refuse("name", Wrong(wrong, ("enter the name", "isi nama")))
            return ""
        if example.is_left_over(name):
            wrong = (f"'{name}' is still the name of the example", f"'{name}' masih nama pada baris contoh")
            line.refuse("name", Wrong(wrong, ("enter the person's name", "isi nama pegawai ini")))
        before, after = line.text("title_before"), line.text("title_after")
        before, after = ("" if is_nothing(one) else one for one in (before, after))
        whole = ", ".join(one for one in (f"{before} {name}".strip(), after) if one)
        if whole != name:
            self.reading.notes.change("name", name, whole)
        return whole

    def _email(self, line: At, nip: str) -> str:
        if "email" not in self.reading.source.columns and nip in self.known.people:
            return self.known.people[nip].email
        return line.take("email", line.text("email"), lambda: numbers.email(line.text("email")))

    def _head(self, line: At, nip: str, unit: str) -> str:
        if "head" not in self.reading.source.columns:
            recorded = not self.reading.source.plain and self.known.heads.get(unit) == nip
            return "yes" if recorded else "no"
        return line.take("head", line.text("head"), lambda: words.yes_or_no(line.text("head")))

    def _kept(self, line: At, nip: str, name: str) -> str:
        if name in self.reading.source.columns or self.reading.source.plain or nip not in self.known.people:
            return "" if is_nothing(line.text(name)) else line.text(name)
        return self.known.people[nip].roles

    def _language(self, line: At, nip: str) -> str:
        text = line.text("language")
        if "language" not in self.reading.source.columns and not self.reading.source.plain and nip in self.known.people:
            return self.known.people[nip].language
        return line.take("language", text, lambda: _LANGUAGES.get(text.casefold(), "" if is_nothing(text) else text))

    def _active(self, line: At) -> str:
        text = line.text("active")

        def read() -> Found:
            found = words.yes_or_no(text) if text and not is_nothing(text) else ""
            if isinstance(found, Wrong) and not self.reading.source.plain:
                why = (f"is somebody who is '{text}' at work?", f"apakah pegawai berstatus '{text}' masih bertugas?")
                return Ask(why, ("yes", "no"))
            return found

        return line.take("active", text, read)
