"""The HTTP door: the feed, and the catalogue of what may stand in it."""

from fastapi import FastAPI

from contracts.public.language import PUBLISHED, Language
from directory.employment import RecordedEmployment
from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.integrations.callers.models import Caller
from services.integrations.catalogue import api as catalogue
from services.integrations.deliveries import api as deliveries
from services.integrations.endpoints import api as endpoints


def build(settings: Settings, database: Database, language: Language = PUBLISHED) -> FastAPI:
    """The application; another ``language`` is for whoever tries what a new version would be."""
    app = application(
        "integrations",
        settings,
        database,
        catalogue.router,
        endpoints.router,
        deliveries.router,
        employment=RecordedEmployment(Caller),
        summary="What machines of others read: the feed of published events and their catalogue.",
    )
    app.state.language = language
    return app
