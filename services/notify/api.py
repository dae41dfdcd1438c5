"""The HTTP door: inbox, to-do list, and the performance office's view of both."""

from fastapi import FastAPI

from directory.assistance import RecordedAssistance
from directory.employment import RecordedEmployment
from kit.db import Database
from kit.settings import Settings
from kit.web import application
from services.notify.inbox import api as inbox
from services.notify.notices import api as notices
from services.notify.nudges import api as nudges
from services.notify.todos.api import cycles, feed, todo


def build(settings: Settings, database: Database) -> FastAPI:
    """The application."""
    routers = (inbox.router, todo.router, feed.router, cycles.router, notices.router, nudges.router)
    summary = "Inbox, e-mail and the to-do list"
    return application(
        "notify",
        settings,
        database,
        *routers,
        employment=RecordedEmployment(),
        assistance=RecordedAssistance(),
        summary=summary,
    )
