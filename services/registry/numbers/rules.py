"""What replaces a number, and which number may."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.registry.numbers import NumberKind
from kit.errors import Invalid
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import EmploymentType


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another number of one person."""

    servant_id: UUID
    former_nip: str
    nip: str
    effective_on: date


@dataclass(frozen=True, slots=True)
class Basis:
    """Why numbers are replaced, and by which document."""

    kind: NumberKind
    reason: str
    document: str


def require_number(nip: str, employment: EmploymentType) -> None:
    """Raises Invalid for what cannot be somebody's number; ``nip`` is tidy."""
    if (wrong := nips.wrong_with(nip, employment)) is not None:
        (what, mend) = wrong
        raise Invalid(f"{what[0]}; {mend[0]}", f"{what[1]}; {mend[1]}", where="nip")
