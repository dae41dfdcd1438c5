"""Puts an office's table of people into our own layout, and every value into the one way in which it is kept."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kit.files.errors import FileErrors, Place, quoted
from kit.files.sheets import Sheet
from kit.files.tables import Line
from kit.files.workbook import Number
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.notes import Notes
from services.registry.imports.rules.values import days, numbers, words
from services.registry.imports.rules.values.answers import Ask, Found, Wrong, is_nothing
from services.registry.imports.rules.vocabulary import Units, by_name, plain_name

LAYOUT = (
    "nip", "name", "employment_type", "grade", "position", "position_kind", "unit_code", "rater_nip", "email", "head",
    "roles", "language", "since", "active", "status",
)  # fmt: skip
_FIELDS = {name: at for at, name in enumerate(LAYOUT)}
_FOOTER = re.compile(
    r"^(?:jumlah|total|grand total|sub ?total|keterangan|ket\b|catatan|mengetahui|dibuat|disusun|sumber|note|nb\b|"
    r"mengesahkan|menyetujui|an\.|a\.n\.|plt\.? kepala|halaman|dicetak)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?\d{1,2}\)?")
_DIGITS = re.compile(r"\d{8,}")
_LANGUAGES = {"indonesia": "id", "bahasa indonesia": "id", "indonesian": "id", "inggris": "en", "english": "en"}
_CONTRACT = 21
_FEW = 3


@dataclass(slots=True)
class Source:
    """The table as it came, with what its columns are."""

    file: str
    sheet: Sheet
    after: int
    """Lines of the sheet that belong to its header."""
    width: int
    columns: Mapping[str, int]
    """Place of each field."""
    written: int
    """Cells of the header as it is written, blank ones at its end included: a line of text has as many."""
    plain: bool
    """Our own layout: what it does not have is empty, not as it is recorded."""


@dataclass
class Normaliser:
    """One table while it is put into our layout."""

    source: Source
    known: Known
    units: Mapping[str, str]
    """Names by code, those of this import included."""
    answers: Mapping[str, Mapping[str, str]]
    notes: Notes
    errors: FileErrors
    _cache: dict[tuple[str, ...], Found] = field(default_factory=dict)
    _lines: list[tuple[int, Sequence[str]]] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """Every person's line in our layout; what is no person is passed over and told."""
        self._lines = list(self._people())
        return [self._line(number, cells) for number, cells in self._lines]

    # Which lines are people

    def _people(self) -> Iterator[tuple[int, Sequence[str]]]:
        body = self.source.sheet.lines[self.source.after :]
        last = max((at for at, (_, cells) in enumerate(body) if self._has_number(cells)), default=-1)
        for at, (number, cells) in enumerate(body):
            why = self._no_person(at, cells, last)
            if why:
                text = " ".join(cell for cell in cells if cell)
                self.notes.passed.append(
                    {
                        "file": self.source.file,
                        "sheet": self.source.sheet.name,
                        "row": number,
                        "text": quoted(text),
                        "why": why,
                    }
                )
            elif (whole := self._whole(number, cells)) is not None:
                yield number, whole

    def _has_number(self, cells: Sequence[str]) -> bool:
        return _DIGITS.search(numbers_only(self._raw(cells, "nip"))) is not None

    def _no_person(self, at: int, cells: Sequence[str], last: int) -> str | None:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not self._has_number(cells):
            if _FOOTER.match(filled[0]):
                return "footer"
            if at == 0 and len(filled) > _FEW and all(_NUMBERED.fullmatch(one) for one in filled):
                return "numbers of columns"
            if at > last and last >= 0 and len(filled) < _FEW and not self._raw(cells, "nip").strip():
                return "below the table"
        return None

    def _whole(self, number: int, cells: Sequence[str]) -> Sequence[str] | None:
        width = self.source.width
        extra = [at for at in range(width, len(cells)) if cells[at].strip()]
        if not extra and (self.source.sheet.name or width <= len(cells) <= self.source.written):
            return cells
        wrong = (
            f"the line has {len(cells)} fields, the header {width}",
            f"baris ini berisi {len(cells)} kolom, judul tabel {width}",
        )
        fix = (
            "add or remove separators; put text that contains one between quotation marks",
            "tambah atau hapus pemisah; beri tanda kutip pada teks yang memuat pemisah",
        )
        # A separator inside of a text is mostly followed by a blank: that cell is the one that was cut off.
        cut = (
            next((at for at, cell in enumerate(cells) if at and cell[:1] == " " and cell.strip()), None)
            if extra
            else None
        )
        if cut is not None:
            wrong = (
                f"{wrong[0]}: '{quoted(cells[cut].strip())}' seems cut off from the cell before",
                f"{wrong[1]}: '{quoted(cells[cut].strip())}' tampaknya terpotong dari sel sebelumnya",
            )
        at = min(len(cells), width) if cut is None else cut + 1
        self.errors.add(Place(self.source.file, number, at, self.source.sheet.name), wrong, fix)
        return None

    # One line

    def _line(self, number: int, cells: Sequence[str]) -> Line:
        line = _At(self, number, cells)
        said = line.text
        nip = line.take("nip", said("nip"), lambda: numbers.nip(said("nip")))
        contract = self._employment(line, nip)
        name = self._name(line)
        grade_field = "grade" if said("grade") or not said("rank") else "rank"
        grade_text = said(grade_field)
        grade = line.take(
            grade_field, grade_text, lambda: words.grade(grade_text, contract=contract[1]), str(contract[1])
        )
        position = said("position")
        kind = said("position_kind")
        shown = kind or (position if not self.source.plain else "")
        column = "position_kind" if "position_kind" in self.source.columns else "position"
        more = said("echelon"), position
        position_kind = line.take(
            column,
            shown,
            lambda: words.position_kind(kind, echelon=more[0], position=more[1]),
            *more,
            named="position_kind",
        )
        rater = self._rater(line)
        unit = self._unit(line, rater)
        if rater is None:
            rater = self._usual_rater(nip, unit)
        values = {
            "nip": nip, "name": name, "employment_type": contract[0], "grade": grade, "position": position,
            "position_kind": position_kind, "unit_code": unit, "rater_nip": rater,
            "email": self._email(line, nip), "head": self._head(line, nip, unit), "roles": self._kept(line, nip, "roles"),
            "language": self._language(line, nip), "since": line.take("since", said("since"), lambda: days.day(said("since")) if said("since") else ""),
            "active": self._active(line), "status": said("status"),
        }  # fmt: skip
        places = dict(self.source.columns)
        places.setdefault("grade", places.get("rank", 0))
        places.setdefault("position_kind", places.get("echelon", places.get("position", 0)))
        return Line(self.source.file, number, [values[one] for one in LAYOUT], _FIELDS, places, self.source.sheet.name)

    def _raw(self, cells: Sequence[str], name: str) -> str:
        at = self.source.columns.get(name)
        return cells[at] if at is not None and at < len(cells) else ""

    def _employment(self, line: "_At", nip: str) -> tuple[str, bool]:
        text = line.text("employment_type")
        if "employment_type" not in self.source.columns:
            value = "PPPK" if nip[12:14].isdigit() and int(nip[12:14]) >= _CONTRACT else "PNS"
            return value, value == "PPPK"
        value = line.take("employment_type", text, lambda: words.employment(text)[0])
        return value, value == "PPPK"

    def _name(self, line: "_At") -> str:
        name = " ".join(line.text("name").split())
        if name and is_nothing(name):
            wrong = (f"'{name}' is no name", f"'{name}' bukan nama")
            line.refuse("name", Wrong(wrong, ("enter the name", "isi nama")))
            return ""
        before, after = line.text("title_before"), line.text("title_after")
        before, after = ("" if is_nothing(one) else one for one in (before, after))
        whole = ", ".join(one for one in (f"{before} {name}".strip(), after) if one)
        if whole != name:
            self.notes.change("name", name, whole)
        return whole

    def _email(self, line: "_At", nip: str) -> str:
        if "email" not in self.source.columns and nip in self.known.people:
            return self.known.people[nip].email
        return line.take("email", line.text("email"), lambda: numbers.email(line.text("email")))

    def _head(self, line: "_At", nip: str, unit: str) -> str:
        if "head" not in self.source.columns:
            recorded = not self.source.plain and self.known.heads.get(unit) == nip
            return "yes" if recorded else "no"
        return line.take("head", line.text("head"), lambda: words.yes_or_no(line.text("head")))

    def _kept(self, line: "_At", nip: str, name: str) -> str:
        if name in self.source.columns or self.source.plain or nip not in self.known.people:
            return "" if is_nothing(line.text(name)) else line.text(name)
        return self.known.people[nip].roles

    def _language(self, line: "_At", nip: str) -> str:
        text = line.text("language")
        if "language" not in self.source.columns and not self.source.plain and nip in self.known.people:
            return self.known.people[nip].language
        return line.take("language", text, lambda: _LANGUAGES.get(text.casefold(), "" if is_nothing(text) else text))

    def _active(self, line: "_At") -> str:
        text = line.text("active")

        def read() -> Found:
            found = words.yes_or_no(text) if text and not is_nothing(text) else ""
            if isinstance(found, Wrong) and not self.source.plain:
                why = (f"is somebody who is '{text}' at work?", f"apakah pegawai berstatus '{text}' masih bertugas?")
                return Ask(why, ("yes", "no"))
            return found

        return line.take("active", text, read)

    # Units and superiors

    @cached_property
    def _vocabulary(self) -> Units:
        return Units(self.units)

    def _unit(self, line: "_At", rater: str | None) -> str:
        text = line.text("unit_code")
        if isinstance(line.cell("unit_code"), Number):
            return line.take("unit_code", text, lambda: ask_for_zeros(text), "number")
        found = self._vocabulary.called(text)
        led = {unit for unit, nip in self._heads.items() if nip == rater and rater}
        return line.take("unit_code", text, lambda: self._unit_of(text, found, led), *sorted(led))

    def _unit_of(self, text: str, called: set[str], led: set[str]) -> Found:
        if len(called) == 1:
            return next(iter(called))
        near = called or self._vocabulary.resembling(text)
        if near and len(near & led) == 1:
            return next(iter(near & led))
        if near:
            shown = tuple(f"{code} ({self.units[code]})" if self.units[code] else code for code in sorted(near))
            return Ask((f"'{text}' may be several units", f"'{text}' dapat berarti beberapa unit"), shown)
        return text

    @property
    def _heads(self) -> Mapping[str, str]:
        return self.known.heads

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        ours = [(str(numbers.nip(self._raw(cells, "nip"))), self._raw(cells, "name")) for _, cells in self._lines]
        return by_name([*((nip, one.name) for nip, one in self.known.people.items()), *ours])

    def _rater(self, line: "_At") -> str | None:
        """None where the table says nothing of superiors at all."""
        if "rater_nip" not in self.source.columns:
            return None
        text = line.text("rater_nip")
        return line.take("rater_nip", text, lambda: self._rater_of(text))

    def _rater_of(self, text: str) -> Found:  # noqa: PLR0911 - each way in which people name somebody
        if not text:
            return ""
        if is_nothing(text):
            return Ask(
                (f"'{text}': has this person no superior?", f"'{text}': apakah pegawai ini tidak punya atasan?"),
                ("no superior: an empty text", "NIP"),
            )
        inside = numbers.nips_inside(text)
        if len(inside) == 1:
            return inside[0]
        bare = numbers.nip(text)
        if not isinstance(bare, str) or bare.isdigit():
            return bare
        named = sorted(self._names.get(plain_name(text), ()))
        if len(named) == 1:
            return named[0]
        if inside or named:
            return Ask(
                (f"'{text}' may be several people", f"'{text}' dapat berarti beberapa orang"), tuple(inside or named)
            )
        wrong = (f"nobody is called '{text}'", f"tidak ada pegawai bernama '{text}'")
        return Wrong(wrong, ("write the superior's NIP", "tulis NIP atasan"))

    def _usual_rater(self, nip: str, unit: str) -> str:
        """As recorded; else whoever leads the unit, for a head whoever leads the unit above."""
        if nip in self.known.raters:
            return self.known.raters[nip] or ""
        while unit:
            head = self._heads.get(unit)
            if head and head != nip:
                return head
            unit = self.known.units.get(unit) or ""
        return ""


@dataclass(slots=True)
class _At:
    """A line of the table while its cells are read."""

    normaliser: Normaliser
    number: int
    cells: Sequence[str]

    def cell(self, name: str) -> str:
        return self.normaliser._raw(self.cells, name)  # noqa: SLF001 - one thing in two classes

    def text(self, name: str) -> str:
        return self.cell(name).strip()

    def place(self, name: str) -> Place:
        source = self.normaliser.source
        return Place(source.file, self.number, source.columns.get(name, 0) + 1, source.sheet.name)

    def refuse(self, name: str, wrong: Wrong) -> None:
        errors, place = self.normaliser.errors, self.place(name)
        errors.add(place, wrong.wrong, wrong.fix)
        errors.told.add((place.file, place.line, place.column))

    def take(self, name: str, text: str, read: Callable[[], Found], *more: str, named: str = "") -> str:
        """The value of a cell, the office's answer before ours; what is wrong or ambiguous is noted."""
        own, notes = self.normaliser, self.normaliser.notes
        named = named or name
        if (answer := own.answers.get(named, {}).get(text)) is not None:
            notes.change(named, text, answer)
            return answer
        key = (named, text, *more)
        found: Found | None
        if named == "nip":
            found = read()
        elif (found := own._cache.get(key)) is None:  # noqa: SLF001
            found = own._cache[key] = read()  # noqa: SLF001
        if isinstance(found, str):
            if found != text and text and not (named == "email" and found == ""):
                notes.change(named, text, found)
            return found
        if isinstance(found, Wrong):
            self.refuse(name, found)
        else:
            place = self.place(name)
            notes.ask(place, named, text, found.why, found.choices)
            own.errors.told.add((place.file, place.line, place.column))
        return text


def ask_for_zeros(text: str) -> Ask:
    """A code that a sheet holds as a number: 14.70 is written 14.7 there."""
    why = (
        f"the code {text} is a number in the sheet and may have lost a zero at its end",
        f"kode {text} berupa angka di lembar kerja dan mungkin kehilangan nol di belakang",
    )
    return Ask(why, (text, f"{text}0"))


def numbers_only(text: str) -> str:
    """The digits of a cell, one after the other, as long as it begins like a number."""
    found = numbers.nip(text)
    return found if isinstance(found, str) else "0" * 18
