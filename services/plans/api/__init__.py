"""The HTTP door of the plans service."""

from fastapi import FastAPI

from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.plans.api import activity, board, dialogues, extensions, initiatives, plans, reports


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    return application(
        "plans",
        settings,
        database,
        plans.router,
        dialogues.router,
        reports.router,
        activity.router,
        initiatives.router,
        board.router,
        extensions.routes,
        summary="Performance plans, actuals, daily activity and initiatives",
    )
