"""The HTTP door of the feedback service."""

from fastapi import FastAPI

from contracts.feedback.assistance import EnteredOnBehalf
from directory.assistance import RecordedAssistance
from directory.employment import RecordedEmployment
from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.feedback.clarifications import api as clarifications
from services.feedback.coverage import api as coverage
from services.feedback.cycles import api as cycles
from services.feedback.development import api as development
from services.feedback.feedback import api as feedback
from services.feedback.file import api as file
from services.feedback.file.commands import LOOKUPS, keep_entry
from services.feedback.ideas import api as ideas
from services.feedback.improvement import api as improvement
from services.feedback.materials import api as materials
from services.feedback.objections.api import admissions, documents, objections
from services.feedback.pulse import api as pulse
from services.feedback.quiz import api as quiz
from services.feedback.sessions import api as sessions
from services.feedback.summary import api as summary
from services.feedback.support.api import coaching, requests, take_overs
from services.feedback.survey import api as survey


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    return application(
        "feedback",
        settings,
        database,
        sessions.router,
        coverage.router,
        materials.router,
        quiz.router,
        feedback.router,
        ideas.router,
        pulse.router,
        survey.router,
        clarifications.router,
        objections.router,
        admissions.router,
        documents.router,
        development.router,
        improvement.router,
        requests.router,
        coaching.router,
        take_overs.router,
        summary.router,
        file.router,
        file.looked,
        cycles.router,
        lookups=LOOKUPS,
        employment=RecordedEmployment(),
        assistance=RecordedAssistance(EnteredOnBehalf, keep_entry),
        summary="Feedback, ideas, clarifications, objections, development and recognition",
    )
