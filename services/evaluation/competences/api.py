"""Routes of competences: what is asked of a person and how far it is reached, and the gaps of a cycle by unit."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Role
from directory.relations import Relation, require
from kit import web
from kit.access import permits, require_role
from kit.db import actor
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.evaluation.appraisals.api import READ
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.appraisals.rules.states import RELEASED
from services.evaluation.competences import queries
from services.evaluation.competences.rules import CompetenceGap
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.findings.api.findings import page_by_id
from services.evaluation.findings.rules.cells import SMALLEST

router = web.router(tags=["competences"])


class CompetencesResponse(BaseModel):
    """What the post asks for; null where it was not assessed, or the result does not stand yet."""

    appraisal_id: UUID
    competences: list[CompetenceGap]


class UnitCompetence(BaseModel):
    """One competence among the people of a unit; numbers are null where they would tell of a person."""

    code: str
    name: str
    people: int | None
    """Of whom it was assessed."""
    below: int | None
    """Of these, who does not reach the level that the post asks for."""
    mean_gap: Decimal | None
    """Levels."""


class UnitCompetencesResponse(BaseModel):
    """The competences of one unit, as far as results stand."""

    unit_id: UUID
    name: str | None
    competences: list[UnitCompetence]


@router.get(
    "/appraisals/{appraisal_id}/competences",
    summary="Technical competences of the person's post: required, assessed, gap",
    **permits(*sorted(appraisals.READERS), note="assessed levels once the result stands"),
)
async def read_competences(appraisal_id: UUID, session: Session) -> CompetencesResponse:
    found = await appraisals.one(session, appraisal_id)
    require(await appraisals.relations_of(session, found), *sorted(appraisals.READERS), what=READ)
    asked = (await queries.asked_of(session, [found.id]))[found.id]
    shown = [CompetenceGap(**one.model_dump()) for one in asked]
    if found.state in RELEASED and found.competences:
        shown = [CompetenceGap.model_validate(one) for one in found.competences]
    return CompetencesResponse(appraisal_id=found.id, competences=shown)


@router.get(
    "/cycles/{cycle_id}/competences",
    summary="Gaps in technical competence by unit (performance office, leadership)",
    **permits(Relation.OFFICE, Relation.LEADER, note="small groups are hidden from the leadership"),
)
async def list_gaps(cycle_id: UUID, session: Session, paging: Paging) -> Page[UnitCompetencesResponse]:
    what = ("read gaps in competence", "membaca kesenjangan kompetensi")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, what=what)
    found = await queries.of_units(session, await existing(session, cycle_id))
    sees_all = actor(session).has(Role.PERFORMANCE_OFFICE)
    page = page_by_id(found, paging, lambda one: one.unit_id)
    return page_of(page, lambda unit: _unit(unit, least=0 if sees_all else SMALLEST))


def _unit(unit: queries.UnitGaps, *, least: int) -> UnitCompetencesResponse:
    return UnitCompetencesResponse(
        unit_id=unit.unit_id,
        name=unit.name,
        competences=[
            UnitCompetence(
                code=one.code,
                name=one.name,
                people=one.people if one.people >= least else None,
                below=one.below if one.people >= least else None,
                mean_gap=one.mean_gap if one.people >= least else None,
            )
            for one in unit.competences
        ],
    )
