"""The HTTP door of the registry."""

from fastapi import FastAPI

from directory.employment import RecordedEmployment
from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.registry.assistants import api as assistants
from services.registry.attendance import api as attendance
from services.registry.calendars import api as calendars
from services.registry.competences import api as competences
from services.registry.holders import api as holders
from services.registry.imports import api as imports
from services.registry.imports.commands.reading import at_once
from services.registry.lookups import api as lookups
from services.registry.lookups.commands import LOOKUPS
from services.registry.moves import api as moves
from services.registry.numbers import api as numbers
from services.registry.outages import api as outages
from services.registry.personnel import api as personnel
from services.registry.policies.api import policies, public
from services.registry.requests import api as requests
from services.registry.servants import api as servants
from services.registry.templates import api as templates
from services.registry.units import api as units

WHO_ACTS = """(
    select tenant_id, id, roles || held_roles as roles, active, status from servants
    union all select tenant_id, id, roles, active, 'ACTIVE' from accounts
)"""
"""Civil servants, and those who are none and have an account."""


def build(settings: Settings, database: Database) -> FastAPI:
    """Units, people, policies and calendars of every city, and how they come in."""
    app = application(
        "registry",
        settings,
        database,
        imports.router,
        templates.router,
        units.router,
        servants.router,
        numbers.router,
        policies.router,
        public.router,
        calendars.router,
        outages.router,
        personnel.router,
        moves.router,
        holders.router,
        assistants.router,
        requests.router,
        attendance.router,
        competences.router,
        lookups.router,
        lookups=LOOKUPS,
        employment=RecordedEmployment(WHO_ACTS, founding=True),
        summary="Units, people, raters, policies and calendars: who is who, and which rules apply.",
    )
    app.state.places = at_once()
    return app
