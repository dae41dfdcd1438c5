"""The HTTP door of the evaluation service."""

from fastapi import FastAPI

from contracts.evaluation.assistance import EnteredOnBehalf
from directory.assistance import RecordedAssistance
from directory.employment import RecordedEmployment
from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.evaluation.appraisals import api as appraisals
from services.evaluation.assessments.api import assessments, form, nominations, outliers
from services.evaluation.competences import api as competences
from services.evaluation.credits import api as credit_points
from services.evaluation.cycles.api import cycles, extensions, interventions, preview
from services.evaluation.findings.api import distribution, fairness, findings, persons, revisions
from services.evaluation.lookups import api as lookups
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.national.api import answers as national_answers
from services.evaluation.national.api import batches as national_batches
from services.evaluation.organisations import api as organisations
from services.evaluation.panels import api as panels
from services.evaluation.periods import api as periods
from services.evaluation.practices import api as practices
from services.evaluation.profiles.api import profiles
from services.evaluation.proposals import api as proposals
from services.evaluation.provinces import api as provinces
from services.evaluation.publication import api as publication
from services.evaluation.reports.api import national, upward
from services.evaluation.results.api import rescoring, results, signing
from services.evaluation.reviews import api as reviews
from services.evaluation.visits.api import assessments as panel_assessments
from services.evaluation.visits.api import reports as visit_reports
from services.evaluation.visits.api import visits


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    return application(
        "evaluation",
        settings,
        database,
        cycles.router,
        preview.router,
        interventions.router,
        extensions.router,
        organisations.router,
        reviews.router,
        appraisals.router,
        form.router,
        assessments.router,
        nominations.router,
        outliers.router,
        competences.router,
        periods.router,
        persons.router,
        findings.router,
        revisions.router,
        fairness.router,
        distribution.router,
        visits.router,
        panels.router,
        visit_reports.router,
        panel_assessments.router,
        signing.router,
        results.router,
        rescoring.router,
        profiles.router,
        proposals.router,
        credit_points.router,
        practices.router,
        publication.router,
        provinces.router,
        upward.router,
        national.router,
        national_batches.router,
        national_answers.router,
        lookups.router,
        lookups=LOOKUPS,
        employment=RecordedEmployment(),
        assistance=RecordedAssistance(EnteredOnBehalf),
        summary="Cycles, appraisals, assessments, moderation, field visits, results and what follows from them",
    )
