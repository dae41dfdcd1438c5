"""Routes of the pulse."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, Field

from contracts.base import Relation, Words
from kit import web
from kit.access import permits
from kit.errors import Invalid
from kit.responses import FromRow
from services.feedback.pulse import commands, queries

KEY_HEADER = "Idempotency-Key"
router = web.router(tags=["pulse"])


class PulseAnswersRequest(BaseModel):
    """A value of 1 (not at all) to 5 (fully) for each statement, in their order."""

    answers: list[Annotated[int, Field(ge=1, le=5)]] = Field(min_length=1, max_length=20)


class PulseGroup(FromRow):
    """The whole city (without a unit) or one unit: how many answered, and the mean of each statement."""

    unit_id: UUID | None
    people: int
    means: list[Decimal]


class PulseResponse(BaseModel):
    """The statements, whether one may answer and has, and what came of it once execution is over."""

    statements: list[Words]
    minimum: int
    """Of fewer people no number is shown."""
    open: bool
    answered: bool
    groups: list[PulseGroup]


@router.get(
    "/cycles/{cycle_id}/pulse",
    summary="The pulse of the culture: its statements, and after execution the means of groups that are large enough",
    **permits(Relation.ANYONE, note="the same for everybody of the city; no number of a small group"),
)
async def read(cycle_id: UUID, session: web.Session) -> PulseResponse:
    return await _response(session, cycle_id)


@router.post(
    "/cycles/{cycle_id}/pulse",
    status_code=201,
    summary="Answer the pulse, once and without a trace",
    **permits(Relation.ANYONE, note="whoever takes part in the cycle, once"),
)
async def answer(cycle_id: UUID, body: PulseAnswersRequest, session: web.Session, request: Request) -> PulseResponse:
    require_no_key(request)
    await commands.answer(session, cycle_id, answers=body.answers)
    return await _response(session, cycle_id)


def require_no_key(request: Request) -> None:
    """Raises Invalid for a key by which the answers would be kept."""
    # An answer that is kept for a key lies beside its person, with a hash of the few values that there are to try.
    if KEY_HEADER in request.headers:
        raise Invalid(
            f"send no {KEY_HEADER} here: it would keep a trace of your answers, and a second one is refused anyway",
            f"jangan mengirim {KEY_HEADER} pada survei ini: jawaban Anda akan meninggalkan jejak",
            where=KEY_HEADER,
        )


async def _response(session: web.Session, cycle_id: UUID) -> PulseResponse:
    found = await queries.pulse(session, cycle_id)
    return PulseResponse(
        statements=list(found.rule.pulse),
        minimum=found.rule.pulse_minimum,
        open=found.taken,
        answered=found.answered,
        groups=[PulseGroup.model_validate(one) for one in found.groups],
    )
