"""Where forms save themselves while somebody writes, and where a page finds what was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.drafts.keeping import Kept, find_each, keep, throw_away
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_LARGEST = 200_000
"""Characters of a draft."""
_NOT_KEPT = frozenset({"csrf", "form_id", "etag", "result", "waits"})
"""Of the page that was opened, not of what is written."""
_OWN = shown_to(Relation.ANYONE, note="one's own drafts")


@router.post("/draf/{form}/{subject}", **_OWN)
async def save(form: str, subject: str, visit: Visiting, sent: Sent) -> Response:
    """Keep what is written so far; answers when, for the line below the form."""
    values = {name: list(some) for name, some in sent.lists.items() if name not in _NOT_KEPT}
    if len(form) > 100 or len(subject) > 200 or sum(len(one) for some in values.values() for one in some) > _LARGEST:
        raise HTTPException(413)
    async with visit.copies() as session:
        at = await keep(session, visit.request.app.state.crypt, form, subject, values)
    local = at.astimezone(ZoneInfo(visit.visitor.zone))
    return Response(visit.say("web.saved", at=f"{local:%H:%M:%S}"), media_type="text/plain")


async def continued(visit: Visit, form: str, subject: str, otherwise: Form | None = None) -> Form:
    """The form as it was left, or as it is without a draft; ``form.values["draft_at"]`` says since when."""
    return (await continued_apart(visit, form, {subject: otherwise or Form()}))[subject]


async def continued_apart(visit: Visit, form: str, without: Mapping[str, Form]) -> dict[str, Form]:
    """Several forms of the same fields, by subject: each as it was left, or as it is without a draft."""
    async with visit.copies() as session:
        kept = await find_each(session, visit.request.app.state.crypt, [(form, one) for one in without])
    return {**without, **{one.subject: _left(one) for one in kept}}


def _left(kept: Kept) -> Form:
    values = {name: some[-1] for name, some in kept.values.items() if some}
    return Form(values | {"draft_at": kept.saved_at.isoformat()}, kept.values)


async def continued_each(visit: Visit, drafts: Sequence[tuple[str, str]], sent: Form | None = None) -> Form:
    """The forms of a page with several, each (form, subject) as it was left; what was sent stands as it was sent.

    Names of fields differ from form to form, so that a draft with a name that was sent is that of the form that was sent.
    """
    given = sent or Form()
    async with visit.copies() as session:
        kept = await find_each(session, visit.request.app.state.crypt, drafts)
    others = [one for one in kept if not one.values.keys() & given.values.keys()]
    lists = {name: some for one in others for name, some in one.values.items()}
    values = {name: some[-1] for name, some in lists.items() if some}
    at = {"draft_at": others[-1].saved_at.isoformat()} if others else {}
    return replace(given, values={**values, **at, **given.values}, lists={**lists, **given.lists})


async def done(visit: Visit, form: str, subject: str) -> None:
    """The act was done: nothing is left to continue."""
    async with visit.copies() as session:
        await throw_away(session, form, subject)
