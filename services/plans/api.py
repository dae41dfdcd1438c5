"""The HTTP door of the plans service."""

from fastapi import FastAPI

from contracts.plans.assistance import EnteredOnBehalf
from directory.assistance import RecordedAssistance
from directory.employment import RecordedEmployment
from kit.db import Database
from kit.files.apart import some_at_once
from kit.settings import Settings
from kit.web import application
from services.plans.board import api as board
from services.plans.community import api as community
from services.plans.confirmations import api as confirmations
from services.plans.cycles import api as cycles
from services.plans.daily_log import api as daily_log
from services.plans.dialogues import api as dialogues
from services.plans.initiatives import api as initiatives
from services.plans.log_approvals import api as log_approvals
from services.plans.log_files import api as log_files
from services.plans.lookups import api as lookups
from services.plans.lookups.commands import LOOKUPS
from services.plans.plans.api import copies, goals, plans, versions
from services.plans.reports import api as reports
from services.plans.reviews.api import reviews
from services.plans.templates import api as templates
from services.plans.trials import api as trials
from services.plans.visits import api as visits


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    app = application(
        "plans",
        settings,
        database,
        plans.router,
        versions.router,
        copies.router,
        goals.router,
        dialogues.router,
        confirmations.router,
        reports.router,
        daily_log.router,
        log_approvals.router,
        log_files.router,
        initiatives.router,
        community.router,
        templates.router,
        trials.router,
        reviews.router,
        visits.router,
        board.router,
        cycles.router,
        lookups.router,
        lookups=LOOKUPS,
        employment=RecordedEmployment(),
        assistance=RecordedAssistance(EnteredOnBehalf),
        summary="Performance plans, actuals, daily activity and initiatives",
    )
    app.state.places = some_at_once()
    return app
