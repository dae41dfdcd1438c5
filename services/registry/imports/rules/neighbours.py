"""Where somebody works and who is above: units by code or name, superiors by number or name, or as they are recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kit.files.answers import Ask, Found, Wrong, is_nothing
from kit.files.workbook import Number
from services.registry.imports.rules.cells_read import At, Reading
from services.registry.imports.rules.identity import Identity
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.people_lines import Person
from services.registry.imports.rules.values import numbers
from services.registry.imports.rules.vocabulary import Units, by_name, plain_name


@dataclass
class Neighbours:
    """Units and superiors of the people of one table."""

    reading: Reading
    identity: Identity
    known: Known
    units: Mapping[str, str]
    """Names by code, those of this import included."""
    lines: Sequence[Person] = field(default_factory=list)

    @cached_property
    def _vocabulary(self) -> Units:
        return Units(self.units)

    def unit(self, line: At, rater: str | None) -> str:
        """The code of the unit; of several that the words fit the one that the superior leads."""
        text = line.text("unit_code")
        if isinstance(line.cell("unit_code"), Number):
            return line.take("unit_code", text, lambda: ask_for_zeros(text), "number")
        found = self._vocabulary.called(text)
        led = self._led.get(rater or "", set())
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

    @cached_property
    def _led(self) -> dict[str, set[str]]:
        """Units by the number of whoever leads them."""
        found: dict[str, set[str]] = {}
        for unit, nip in self.known.heads.items():
            found.setdefault(nip, set()).add(unit)
        return found

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        source, given = self.reading.source, self.identity.given
        ours = ((str(nip), source.cell(cells, "name")) for _, cells, nip in self.lines)
        recorded = ((given.get(nip, nip), one.name) for nip, one in self.known.people.items())
        return by_name([*recorded, *ours])

    def rater(self, line: At) -> str | None:
        """None where the table says nothing of superiors at all."""
        if not self.reading.has("rater_nip"):
            return None
        text = line.text("rater_nip")
        return line.take("rater_nip", text, lambda: self.identity.now(self._rater_of(text)))

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

    def usual_rater(self, nip: str, unit: str) -> str:
        """As recorded; else whoever leads the unit, for a head whoever leads the unit above."""
        if nip in self.known.raters:
            return self.known.raters[nip] or ""
        while unit:
            head = self.known.heads.get(unit)
            if head and head != nip:
                return head
            unit = self.known.units.get(unit) or ""
        return ""


def ask_for_zeros(text: str) -> Ask:
    """A code that a sheet holds as a number: 14.70 is written 14.7 there."""
    why = (
        f"the code {text} is a number in the sheet and may have lost a zero at its end",
        f"kode {text} berupa angka di lembar kerja dan mungkin kehilangan nol di belakang",
    )
    return Ask(why, (text, f"{text}0"))
