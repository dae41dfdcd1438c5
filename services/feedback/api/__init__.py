"""The HTTP door of the feedback service."""

from fastapi import FastAPI

from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.feedback.api import (
    admissions,
    clarifications,
    consequences,
    extensions,
    feedback,
    ideas,
    improvement,
    objections,
    sessions,
    summary,
    support,
)


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    return application(
        "feedback",
        settings,
        database,
        sessions.router,
        feedback.router,
        ideas.router,
        clarifications.router,
        objections.router,
        admissions.router,
        consequences.router,
        improvement.router,
        support.router,
        summary.router,
        extensions.routes,
        summary="Feedback, ideas, clarifications, objections, development and recognition",
    )
