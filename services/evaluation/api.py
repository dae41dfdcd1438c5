"""The HTTP door of the evaluation service."""

from fastapi import FastAPI

from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.evaluation.appraisals import api as appraisals
from services.evaluation.cycles.api import cycles, extensions, steering
from services.evaluation.findings.api import fairness, findings
from services.evaluation.periods import api as periods
from services.evaluation.proposals import api as proposals
from services.evaluation.reports.api import national, upward
from services.evaluation.results.api import rescoring, results
from services.evaluation.visits.api import assessments as panel_assessments
from services.evaluation.visits.api import reports as visit_reports
from services.evaluation.visits.api import visits


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
        findings.router,
        fairness.router,
        visits.router,
        visit_reports.router,
        panel_assessments.router,
        results.router,
        rescoring.router,
        proposals.routes,
        upward.routes,
        national.routes,
        summary="Cycles, appraisals, assessments, moderation, field visits, results and what follows from them",
    )
