"""What was sent and changed nothing, to be sent again from the page that says so."""

from typing import Any

from services.portal.web.forms import Form
from services.portal.web.visit import Visit

_OWN = frozenset({"csrf"})
"""Of the page that was opened, and not of what was sent."""


def sent(visit: Visit) -> Form | None:
    """The form of this request, if it has one."""
    form: Form | None = getattr(visit.request.state, "form", None)
    return form if form is not None and form.lists else None


def again(visit: Visit) -> dict[str, Any] | None:
    """The whole form under the same key; files are chosen anew, because a page cannot hold them."""
    if (form := sent(visit)) is None:
        return None
    fields = [(name, value) for name, some in form.lists.items() if name not in _OWN for value in some]
    url = visit.request.url
    return {
        "action": url.path + (f"?{url.query}" if url.query else ""),
        "fields": fields,
        "texts": [value for _, value in fields if " " in value.strip()],
        "files": list(form.files),
    }
