"""`kinerja head`: tells a running stack's registry who rates the top officials, and who acts for that regional head."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console

from kinerja import regional_heads
from kinerja.library import CITIES
from kinerja.office import Office, office
from kinerja.options import CitiesOption, StateOption
from kinerja.places import place_named
from kinerja.regional_heads import DELEGATE_ROLE, FILE, RegionalHead
from kinerja.stack.errors import StackError
from kinerja.stack.state import State


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(head)


def head(
    place: Annotated[str, typer.Option("--place", help="A place whose folder has a regional-head.yaml.")],
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Record the regional head, who is no civil servant, and the delegate who rates for the head whoever nobody rates.

    PermenPANRB 6/2022, L IV.A.12. A second time changes nothing. Example: kinerja head --place dumai
    """
    found = place_named(place, cities)
    named = regional_heads.read(found.directory)
    if named is None:
        raise StackError(f"{found.directory} has no {FILE}: write head, delegate and decree into one")
    with office(State.find(state), "registry", found.city) as asking:
        count = record(asking, named)
    Console().print(f"{named.delegate} rates {count} for {named.head}", highlight=False, soft_wrap=True)


def record(asking: Office, named: RegionalHead) -> int:
    """Declare both and let the delegate rate whoever nobody rates; how many."""
    day = datetime.now(UTC).date()
    held = {one["name"]: UUID(one["person_id"]) for one in _all(asking, "/office-holders")}
    for name, role in ((named.head, named.role), (named.delegate, DELEGATE_ROLE)):
        if name not in held:
            made = asking.post("/office-holders", regional_heads.holding(name, role, named.decree, day))
            held[name] = UUID(made["person_id"])
    body = regional_heads.rating(held[named.head], held[named.delegate], named.decree, day)
    top = regional_heads.unrated(_all(asking, "/servants"))
    for one in top:
        asking.post(f"/servants/{one}/raters", body)
    return len(top)


def _all(asking: Office, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    more: dict[str, object] = {}
    while True:
        page = asking.get(path, limit=500, **more)
        items += page["items"]
        if page["next"] is None:
            return items
        more = {"cursor": page["next"]}
