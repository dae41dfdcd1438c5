"""Pages for whoever has not signed in: the way in and out, and what is public."""

from typing import Any

from fastapi import Request

from services.portal.sessions.cookies import language
from services.portal.web.rendering import Html, rendered


def open_page(request: Request, template: str, title: str, *, status: int = 200, **values: Any) -> Html:
    """A page without a person."""
    shown: dict[str, Any] = {"title": title, "path": request.url.path, "sections": [], "visit": None}
    text = rendered(template, language(request), shown | values)
    return Html(text, accepts=request.headers.get("Accept-Encoding", ""), status=status)
