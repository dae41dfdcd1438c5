"""Who evaluates an appraisal after a change of personnel, written into it as the rules decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from contracts.evaluation.cycles import ChangedMember
from contracts.registry.personnel import COVERED, PersonnelChanged, RelationChange
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.succession import Case, has_new_rater, last_day
from services.evaluation.cycles.queries.context import CycleContext


@dataclass(frozen=True, slots=True)
class Relations:
    """Unit and evaluators of one person in a cycle."""

    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    is_head: bool

    @classmethod
    def of(cls, appraisal: Appraisal) -> Self:
        """As the appraisal has them now."""
        return cls(appraisal.unit_id, appraisal.rater_id, appraisal.authority_id, appraisal.is_head)


def succeed(
    context: CycleContext,
    event: PersonnelChanged,
    appraisal: Appraisal,
    relations: Mapping[UUID, RelationChange],
    *,
    evaluating: bool,
) -> ChangedMember | None:
    """Write what the rules decide into the appraisal; None where nothing changes."""
    about_self = appraisal.servant_id == event.servant_id
    was, was_ended = Relations.of(appraisal), appraisal.ended_on
    if about_self:
        appraisal.ended_on = last_day(event.status, event.effective_on, context.cycle.period_end)
    one = relations.get(appraisal.servant_id)
    case = Case(event.kind, about_self=about_self, evaluating=evaluating, assessed=appraisal.assessed_by is not None)
    if one is not None and has_new_rater(case):
        appraisal.unit_id, appraisal.is_head = one.unit_id, one.is_head
        appraisal.rater_id, appraisal.authority_id = one.rater_id, one.authority_id
    ends = about_self and event.status not in COVERED
    if (was, was_ended) == (Relations.of(appraisal), appraisal.ended_on) and not ends:
        return None
    # Whoever is not covered any more ends with the period at the latest, even where the whole of it counts (L II.C.8).
    ended_on = (appraisal.ended_on or context.cycle.period_end) if ends else appraisal.ended_on
    return _changed(appraisal, was, ended_on)


def _changed(appraisal: Appraisal, was: Relations, ended_on: date | None) -> ChangedMember:
    return ChangedMember(
        appraisal_id=appraisal.id,
        servant_id=appraisal.servant_id,
        unit_id=appraisal.unit_id,
        rater_id=appraisal.rater_id,
        authority_id=appraisal.authority_id,
        is_head=appraisal.is_head,
        former_unit_id=was.unit_id,
        former_rater_id=was.rater_id,
        former_authority_id=was.authority_id,
        ended_on=ended_on,
    )
