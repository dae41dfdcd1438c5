"""The HTTP door of the registry."""

from fastapi import FastAPI

from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.registry.api import imports, outages, personnel, rules_of_the_city, servants, units


def build(settings: Settings, database: Database) -> FastAPI:
    """Units, people, policies and calendars of every city, and how they come in."""
    return application(
        "registry",
        settings,
        database,
        imports.routes,
        units.routes,
        servants.routes,
        rules_of_the_city.routes,
        outages.routes,
        personnel.routes,
        summary="Units, people, raters, policies and calendars: who is who, and which rules apply.",
    )
