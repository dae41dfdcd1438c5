"""What a change of personnel does, as it is stored with it, and whether it may be recorded."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.base import Frozen
from contracts.registry.personnel import ActingKind, ChangeKind, Status
from kit.errors import Invalid
from services.registry.servants.rules.positions import PositionKind
from services.registry.servants.rules.relations import RelationSource


class AppointedAs(StrEnum):
    """As what somebody is appointed (UU 20/2023; PP 11/2017, arts 34 and 36: a year of probation, then PNS)."""

    CPNS = "CPNS"
    """Candidate civil servant, under probation."""
    PNS = "PNS"


class Moved(Frozen):
    """One person who got another rater by a change, to be given back when it ends."""

    servant_id: UUID
    former_id: UUID | None = None
    """None, and left out where it is stored: nobody rated."""


class Effect(Frozen):
    """What becomes of the person; only what its kind of change speaks of is filled in."""

    status: Status | None = None
    unit_id: UUID | None = None
    position: str | None = None
    position_kind: PositionKind | None = None
    grade: str | None = None
    is_head: bool | None = None
    rater_id: UUID | None = None
    source: RelationSource | None = None
    acting_for_id: UUID | None = None
    """The regional head for whom a delegate rates."""
    successor_id: UUID | None = None
    """Who leads the person's people from now on, if it is known already."""
    acting_id: UUID | None = None
    acting: ActingKind | None = None
    appointed_as: AppointedAs | None = None
    nip: str | None = None
    """The number that an appointment gives; None where it stays."""
    document: str | None = None
    """The decree of an appointment."""
    moved: tuple[Moved, ...] = ()
    """Written when it is applied."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change as somebody asks for it."""

    servant_id: UUID
    kind: ChangeKind
    effective_on: date
    effect: Effect
    reason: str
    until: date | None = None


_NEEDS = {
    ChangeKind.STATUS: "status",
    ChangeKind.TRANSFER: "unit_id",
    ChangeKind.RATER: "rater_id",
    ChangeKind.CORRECTION: "rater_id",
    ChangeKind.ACTING: "acting_id",
    ChangeKind.APPOINTMENT: "appointed_as",
}


def check(wanted: Wanted) -> None:
    """Raises Invalid for a change without what its kind needs, that ends before it begins, or that is about itself."""
    needed = _NEEDS.get(wanted.kind)
    if needed is not None and getattr(wanted.effect, needed) is None:
        raise Invalid(f"a change of {wanted.kind} needs {needed}", f"{wanted.kind} memerlukan {needed}", where=needed)
    if wanted.until is not None and wanted.until < wanted.effective_on:
        raise Invalid("it would end before it begins", "berakhir sebelum dimulai", where="until")
    effect = wanted.effect
    if effect.acting_for_id is not None and effect.source is not RelationSource.DELEGATION:
        raise Invalid(
            "who rates for a regional head is a delegate: source is DELEGATION",
            "yang menilai untuk kepala daerah adalah pejabat yang diberi delegasi: source diisi DELEGATION",
            where="source",
        )
    if wanted.servant_id in (effect.acting_id, effect.successor_id):
        raise Invalid("nobody stands in for himself", "tidak dapat menggantikan diri sendiri", where="acting_id")
