"""The HTTP door of the evaluation service."""

from fastapi import FastAPI

from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.evaluation.api import (
    appraisals,
    cycles,
    exporting,
    extensions,
    fairness,
    moderations,
    periods,
    proposals,
    reporting,
    rescoring,
    results,
    steering,
    visits,
)


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    return application(
        "evaluation",
        settings,
        database,
        cycles.routes,
        steering.routes,
        extensions.routes,
        appraisals.routes,
        periods.routes,
        moderations.routes,
        fairness.routes,
        visits.routes,
        results.routes,
        rescoring.routes,
        proposals.routes,
        reporting.routes,
        exporting.routes,
        summary="Cycles, appraisals, assessments, moderation, field visits, results and what follows from them",
    )
