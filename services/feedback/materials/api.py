"""Routes of materials."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from contracts.base import Relation, Words
from contracts.policy import Material, WorkedExample
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from services.feedback.materials import commands, queries
from services.feedback.materials.models import KeptMaterial
from services.feedback.materials.rules import worked

router = web.router(tags=["learning"])

_ALIKE = "materials are for everybody"


class MaterialRequest(Material):
    """A text, a link or a worked example; what an example makes is computed."""


class ComputedExample(WorkedExample):
    """A worked example with its achievement, as the scoring engine computes it."""

    calculated: Decimal
    """Per cent of the target."""
    achievement: Decimal
    """The same as it counts: between 0 and 120."""
    working: Words

    @classmethod
    def of(cls, example: WorkedExample) -> "ComputedExample":
        """Computed at this moment."""
        made = worked(example)
        return cls(**example.model_dump(), calculated=made.calculated, achievement=made.counted, working=made.working)


class MaterialResponse(Material):
    """A material of a cycle."""

    id: UUID
    cycle_id: UUID
    number: int
    of_policy: bool
    """It came with the policy; others were added by the office."""
    kept_at: datetime
    retired_at: datetime | None
    example: ComputedExample | None = None

    @classmethod
    def of(cls, row: KeptMaterial) -> "MaterialResponse":
        """From its row."""
        material = Material.model_validate(row.content)
        about = row.model_dump(include={"id", "cycle_id", "number", "kept_at", "retired_at"})
        example = None if material.example is None else ComputedExample.of(material.example)
        rest = material.model_dump(exclude={"example"})
        return cls(**rest, **about, of_policy=row.kept_by is None, example=example)


@router.get(
    "/cycles/{cycle_id}/materials",
    summary="What to learn the appraisal from, with worked examples of measuring",
    **permits(Relation.ANYONE),
)
async def list_materials(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[MaterialResponse]:
    return page_of(await queries.page(session, cycle_id, window=paging), MaterialResponse.of)


@router.post(
    "/cycles/{cycle_id}/materials",
    status_code=201,
    summary="Add a material (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def keep(cycle_id: UUID, body: MaterialRequest, session: web.Session) -> MaterialResponse:
    return MaterialResponse.of(await commands.keep(session, cycle_id, body))


@router.post(
    "/materials/{material_id}/retirement",
    summary="Show a material no more (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def retire(material_id: UUID, session: web.Session) -> MaterialResponse:
    return MaterialResponse.of(await commands.retire(session, material_id))
