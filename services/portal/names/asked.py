"""Whom a form names: a field with suggestions, in which a name is typed."""

from collections.abc import Sequence

from services.portal.names.people import Named, named
from services.portal.web.forms import Form
from services.portal.web.visit import Visit


async def whom(visit: Visit, form: Form, field: str, around: Sequence[Named] = ()) -> str | None:
    """The id of who is named, first of those who are suggested; nobody and several are errors of the field, empty is nobody."""
    if not (typed := form.text(field)):
        return None
    found = _called(around, typed)
    if not found:
        async with visit.copies() as session:
            found = await named(session, visit.actor.id, typed)
    if len(found) != 1:
        form.wrong(field, visit.say("names.several" if found else "names.unknown"))
        return None
    return str(found[0].id)


def _called(around: Sequence[Named], typed: str) -> list[Named]:
    wanted = typed.casefold()
    exact = [one for one in around if one.label.casefold() == wanted]
    return exact or [one for one in around if one.name.casefold() == wanted]
