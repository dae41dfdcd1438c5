"""The HTTP door: the feed, the catalogue of what may stand in it, and webhooks."""

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
from services.integrations.feed.api import chain, feed
from services.integrations.feed.api.waiting import Heads


def build(settings: Settings, database: Database, language: Language = PUBLISHED) -> FastAPI:
    """The application; another ``language`` is for whoever tries what a new version would be."""
    app = application(
        "integrations",
        settings,
        database,
        catalogue.router,
        endpoints.router,
        deliveries.router,
        feed.router,
        chain.router,
        employment=RecordedEmployment(Caller),
        summary="What machines of others read and are told: the feed of published events, their catalogue, and webhooks.",
    )
    app.state.language = language
    app.state.heads = Heads(database)
    return app
