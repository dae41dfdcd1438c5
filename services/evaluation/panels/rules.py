"""Of whom a member of a panel is independent: not of the own unit, superior or subordinates, nor of what was declared."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from contracts.base import Words
from kit.conflicts import Tie


class Bar(StrEnum):
    """Why a member may not assess somebody, or visit a unit."""

    SELF = "SELF"
    WORKS_THERE = "WORKS_THERE"
    """Today, or in the cycle."""
    SUPERIOR = "SUPERIOR"
    """The person rates the member, today or in the cycle."""
    SUBORDINATE = "SUBORDINATE"
    """The member rates the person, today or in the cycle."""
    DECLARED = "DECLARED"

    @property
    def words(self) -> Words:
        """The member ..."""
        return _WORDS[self]


_WORDS = {
    Bar.SELF: Words(en="would assess himself or herself", id="akan menilai dirinya sendiri"),
    Bar.WORKS_THERE: Words(en="works in that unit", id="bertugas di unit itu"),
    Bar.SUPERIOR: Words(en="is rated by that person", id="dinilai oleh pegawai itu"),
    Bar.SUBORDINATE: Words(en="rates that person", id="menilai pegawai itu"),
    Bar.DECLARED: Words(en="declared a conflict of interest", id="menyatakan benturan kepentingan"),
}


@dataclass(frozen=True, slots=True)
class Independence:
    """Everything that ties some members to units and people, of today and as a cycle has frozen it."""

    units: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    """By member: where he or she works."""
    ties: frozenset[Tie] = frozenset()
    """Who is rated by whom."""
    declared: frozenset[tuple[UUID, UUID]] = frozenset()
    """Member, and the unit or person."""

    def of_unit(self, member: UUID, unit_id: UUID) -> Bar | None:
        """What bars the member from visiting the unit, if anything."""
        if unit_id in self.units.get(member, ()):
            return Bar.WORKS_THERE
        return Bar.DECLARED if (member, unit_id) in self.declared else None

    def of_person(self, member: UUID, person: UUID, unit_id: UUID) -> Bar | None:
        """What bars the member from assessing this person of the unit, if anything."""
        if member == person:
            return Bar.SELF
        if (member, person) in self.ties:
            return Bar.SUPERIOR
        if (person, member) in self.ties:
            return Bar.SUBORDINATE
        return Bar.DECLARED if (member, person) in self.declared else self.of_unit(member, unit_id)

    def free(self, members: Collection[UUID], unit_id: UUID) -> list[UUID]:
        """Those who may visit the unit, in their order."""
        return [one for one in members if self.of_unit(one, unit_id) is None]
