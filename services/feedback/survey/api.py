"""Routes of the survey of the appraisal system."""

from uuid import UUID

from fastapi import Request

from contracts.base import Relation
from kit import web
from kit.access import permits
from services.feedback.pulse.api import PulseAnswersRequest, PulseGroup, PulseResponse, require_no_key
from services.feedback.survey import commands, queries

router = web.router(tags=["survey"])


class SurveyAnswersRequest(PulseAnswersRequest):
    """A value of 1 (not at all) to 5 (fully) for each statement, in their order."""


class SurveyResponse(PulseResponse):
    """The statements about the system, whether one may answer and has, and what came of it once it is reviewed."""


@router.get(
    "/cycles/{cycle_id}/survey",
    summary="The survey of the appraisal system: its statements, and at the end the means of groups that are large enough",
    **permits(Relation.ANYONE, note="the same for everybody of the city; no number of a small group"),
)
async def read(cycle_id: UUID, session: web.Session) -> SurveyResponse:
    return await _response(session, cycle_id)


@router.post(
    "/cycles/{cycle_id}/survey",
    status_code=201,
    summary="Answer the survey, once and without a trace",
    **permits(Relation.ANYONE, note="whoever takes part in the cycle, once"),
)
async def answer(cycle_id: UUID, body: SurveyAnswersRequest, session: web.Session, request: Request) -> SurveyResponse:
    require_no_key(request)
    await commands.answer(session, cycle_id, answers=body.answers)
    return await _response(session, cycle_id)


async def _response(session: web.Session, cycle_id: UUID) -> SurveyResponse:
    found = await queries.survey(session, cycle_id)
    return SurveyResponse(
        statements=list(found.rule.survey),
        minimum=found.rule.pulse_minimum,
        open=found.taken,
        answered=found.answered,
        groups=[PulseGroup.model_validate(one) for one in found.groups],
    )
