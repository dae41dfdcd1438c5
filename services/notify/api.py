"""The HTTP door: inbox, to-do list, and the performance office's view of both."""

from fastapi import FastAPI

from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.notify.inbox import api as inbox
from services.notify.office import api as office
from services.notify.todos import api as todos


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    summary = "Inbox, e-mail and the to-do list"
    return application("notify", settings, database, inbox.router, todos.router, office.router, summary=summary)
