"""Published facts of units, personnel, visits and outages."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from contracts.evaluation import visits
from contracts.public.base import Fact, copied, published
from contracts.registry import calendars, numbers, personnel, units


class UnitRecordedFact(Fact):
    """A unit is as told here from now on."""

    unit_id: UUID
    revision: int
    parent_id: UUID | None
    active: bool


class PersonnelChangedFact(Fact):
    """A civil servant's status, unit or rater is another from a day on."""

    change_id: UUID
    servant_id: UUID
    kind: personnel.ChangeKind
    effective_on: date
    status: personnel.Status
    unit_id: UUID
    former_unit_id: UUID | None = None
    until: date | None = None


class NumberChangedFact(Fact):
    """A civil servant's number (NIP) is another from a day on: the number is read where one may, by the id."""

    number_id: UUID
    servant_id: UUID
    kind: numbers.NumberKind
    effective_on: date


class OutageRecordedFact(Fact):
    """The system was down; what fell due meanwhile has more time."""

    outage_id: UUID
    began_at: AwareDatetime
    ended_at: AwareDatetime


class _Visit(Fact):
    visit_id: UUID
    cycle_id: UUID
    unit_id: UUID


class VisitScheduledFact(_Visit):
    """A panel is to visit a unit."""

    due_at: AwareDatetime


class VisitHeldFact(_Visit):
    """A panel visited a unit."""

    held_on: date
    findings: int


class VisitRespondedFact(_Visit):
    """A unit answered what a visit had found."""

    agreed: int
    explained: int
    actions: int


def _changed(event: personnel.PersonnelChanged) -> Iterable[PersonnelChangedFact]:
    """A change that concerns many comes in pieces; it is told once, with the last."""
    return () if event.more else copied(PersonnelChangedFact)(event)


TYPES = (
    published(UnitRecordedFact, units.UnitRecorded, name="unit-recorded"),
    published(
        PersonnelChangedFact,
        personnel.PersonnelChanged,
        name="personnel-changed",
        told=_changed,
        # All changes of a city lie in one partition, so that those of one person are in order as well.
        subject=lambda event: str(event.servant_id),
    ),
    published(
        NumberChangedFact,
        numbers.NipChanged,
        name="number-changed",
        subject=lambda event: str(event.servant_id),
    ),
    published(
        OutageRecordedFact,
        calendars.OutageRecorded,
        name="outage-recorded",
        subject=lambda event: str(event.outage_id),
    ),
    published(VisitScheduledFact, visits.VisitScheduled, name="visit-scheduled"),
    published(VisitHeldFact, visits.VisitHeld, name="visit-held"),
    published(VisitRespondedFact, visits.VisitResponded, name="visit-responded"),
)
