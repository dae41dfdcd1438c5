"""Whose line it is: numbers that gave way, and civil servants who were PPPK and have a new one; the office says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kit.files.answers import Ask, Found
from services.registry.imports.rules.cells_read import At, Reading
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.values import numbers
from services.registry.imports.rules.vocabulary import plain_name

_BIRTH = 8
"""Digits of a number that are the day of birth."""


@dataclass
class Identity:
    """Of the people of one table."""

    reading: Reading
    known: Known

    def number(self, line: At, found: Found) -> str:
        """The number of a line; one that gave way is asked about, and the new one told."""
        text = line.text("nip")
        if not isinstance(found, str):
            return line.take("nip", text, lambda: found)
        now, answer = self.known.former.get(found), self.reading.answer("nip", text, found)
        if now is not None and answer is None:
            line.ask("nip", found, gave_way(found, now))
        # Whose recorded number is the answer: that person's new one is this (``recorded``), unless this one gave way.
        means = answer is not None and (answer == now or (now is None and answer not in self.known.people))
        nip = answer if means and answer is not None else found
        if nip != text:
            self.reading.notes.change("nip", text, nip)
        return nip

    def recorded(self, line: At, nip: str, name: str) -> str:
        """The number of a recorded PPPK who is this civil servant, as the office says; empty if it is somebody else."""
        if nip in self.known.people or not (twins := self._contracts.get((nip[:_BIRTH], plain_name(name)))):
            return ""
        answer = self.reading.answer("nip", line.text("nip"), nip)
        if answer is None:
            line.ask("nip", nip, appointed(nip, twins))
        if answer not in twins:
            return ""
        self.reading.notes.change("nip", answer, nip)
        return answer

    def now(self, nip: Found) -> Found:
        """Whoever is named by a number that gave way is meant by the new one; unless somebody else has it."""
        if not isinstance(nip, str) or (now := self.known.former.get(nip)) is None:
            return nip
        return nip if self.reading.answer("nip", nip) == nip else now

    @cached_property
    def given(self) -> dict[str, str]:
        """New numbers by those that are recorded, as the office answered."""
        said = self.reading.answers.get("nip", {}).items()
        return {old: str(numbers.nip(new)) for new, old in said if old in self.known.people and new != old}

    @cached_property
    def _contracts(self) -> dict[tuple[str, str], list[str]]:
        """Numbers of recorded PPPK by birth and name: who is appointed as civil servant gets another one."""
        found: dict[tuple[str, str], list[str]] = {}
        for nip, one in self.known.people.items():
            if one.employment_type == "PPPK":
                found.setdefault((nip[:_BIRTH], plain_name(one.name)), []).append(nip)
        return found


def gave_way(nip: str, now: str) -> Ask:
    """A number that somebody had: the same person, or somebody whose number it always was."""
    why = (
        f"NIP {nip} gave way to {now}: is this line that person, or somebody else?",
        f"NIP {nip} telah berganti menjadi {now}: apakah baris ini orang itu, atau orang lain?",
    )
    return Ask(why, (now, nip))


def appointed(nip: str, twins: Sequence[str]) -> Ask:
    """A civil servant with the name and birth date of a PPPK: appointed, or another person."""
    why = (
        f"{nip} has the name and birth date of {', '.join(twins)} (PPPK): the same person with a new number?",
        f"{nip} memiliki nama dan tanggal lahir {', '.join(twins)} (PPPK): orang yang sama dengan nomor baru?",
    )
    return Ask(why, (*twins, nip))
