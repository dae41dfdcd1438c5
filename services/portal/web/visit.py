"""Who looks at a page, and what the page needs for that person: the services, the copies, the language."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse

from contracts.base import Role
from kit.actor import Actor
from kit.db import Database
from services.portal.sessions.store import SignedIn
from services.portal.upstream.services import Asking
from services.portal.web import csrf
from services.portal.web.moments import day, moment
from services.portal.web.rendering import Html, rendered
from services.portal.web.sections import sections
from services.portal.web.visitor import Visitor
from services.portal.web.words import say


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a person who is signed in."""

    request: Request
    signed: SignedIn
    language: str
    ask: Asking
    visitor: Visitor

    @property
    def actor(self) -> Actor:
        """Who that is."""
        return self.signed.actor

    def has(self, role: Role) -> bool:
        """Whether the token gives the role: decides what is shown, never what may be done."""
        return self.actor.has(role)

    @asynccontextmanager
    async def copies(self) -> AsyncIterator[AsyncSession]:
        """A transaction in the portal's own database, under the person's city."""
        database: Database = self.request.app.state.database
        async with database.transaction(self.actor.tenant_id, self.actor) as session:
            yield session

    def say(self, key: str, **values: Any) -> str:
        """Words in the person's language."""
        return say(self.language, key, **values)

    def day(self, value: date | datetime | str | None) -> str:
        """A day, or that of an instant in the city, as the person reads it."""
        return day(self.language, self.visitor.zone, value)

    def moment(self, value: datetime | str | None) -> str:
        """An instant with its hour in the city."""
        return moment(self.language, self.visitor.zone, value)

    def page(self, template: str, title: str, *, status: int = 200, section: str = "", **values: Any) -> Html:
        """A page with everything around it."""
        shown = {
            "title": title,
            "visit": self,
            "section": section,
            "sections": sections(self.actor, self.visitor),
            "csrf": csrf.masked(self.signed.csrf),
            "form_id": str(uuid4()),
            "zone": self.visitor.zone,
            "path": self.request.url.path,
            "idle_minutes": round(self.request.app.state.settings.portal_idle_minutes),
        }
        text = rendered(template, self.language, shown | values)
        return Html(text, accepts=self.request.headers.get("Accept-Encoding", ""), status=status)

    def go(self, path: str, **query: str) -> RedirectResponse:
        """After an act: to the page that shows what came of it."""
        return RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)


async def _visit(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


Visiting = Annotated[Visit, Depends(_visit)]
