"""`kinerja integrator create|token`: a machine of others at the running local stack, with everything it needs to begin."""

import time
from typing import Annotated
from uuid import UUID

import httpx
import typer

from contracts.base import Role
from contracts.public.language import PUBLISHED
from contracts.public.scopes import CITY, PERSON, scope_of
from kinerja.office import office
from kinerja.options import StateOption
from kinerja.stack import machines
from kinerja.stack.environment import SIGN_IN
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.clock import Clock

KNOWN_SECONDS = 60.0
"""So long it may take until the registry's word has reached the service of integrations."""
_OPEN = {"events": CITY, "person": PERSON}
integrator = typer.Typer(no_args_is_help=True, help="Machines of others: make one, and get its token.")
Types = Annotated[
    str,
    typer.Option("--types", help="Published types, separated by commas; `events`: all about nobody; `person`: all."),
]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(integrator, name="integrator")


@integrator.command()
def create(
    name: Annotated[str, typer.Argument(help="Of the client, e.g. payroll.")],
    city: Annotated[str, typer.Option("--city", help="Kemendagri code of the city, e.g. 14.72 for Dumai.")],
    types: Types = "events",
    url: Annotated[str | None, typer.Option("--url", help="Send webhooks to this address as well.")] = None,
    state: StateOption = None,
) -> None:
    """Declare a machine as the city's performance office, make its client, and print what its owner pastes.

    The output may be sourced by a shell: what it needs to know is variables, the rest is comments.
    """
    found, scopes = State.find(state), scopes_of(types)
    client_id = f"{name}-{city}"
    if machines.is_known(found, client_id):
        raise StackError(f"there is a client {client_id} already: choose another name")
    account = _declared(found, name, city)
    secret = machines.enrol(found, client_id, sub=account, city=city, scopes=scopes)
    events = _url(found, "integrations")
    _wait_until_known(events, machines.token(found, client_id, secret), needs_scope=bool(scopes))
    shown = {"KINERJA_EVENTS": events, "KINERJA_TOKENS": f"{_url(found, SIGN_IN)}/token"}
    shown |= {"KINERJA_CLIENT_ID": client_id, "KINERJA_CLIENT_SECRET": secret}
    if url is not None:
        endpoint = _endpoint(events, machines.token(found, client_id, secret), url)
        shown |= {"KINERJA_ENDPOINT": endpoint["id"], "KINERJA_WEBHOOK_SECRET": endpoint["secret"]}
    for variable, value in shown.items():
        typer.echo(f"export {variable}='{value}'")
    typer.echo(_PASTE.format(scopes=" ".join(scopes), webhooks=_NAME if url is None else _PING))


@integrator.command()
def token(
    client: Annotated[str, typer.Option("--client", envvar="KINERJA_CLIENT_ID", help="The client's id.")],
    secret: Annotated[str, typer.Option("--secret", envvar="KINERJA_CLIENT_SECRET", help="The client's secret.")],
    state: StateOption = None,
) -> None:
    """Print a token for a client, good for a quarter of an hour; only a local stack accepts it."""
    typer.echo(machines.token(State.find(state), client, secret))


def scopes_of(types: str) -> list[str]:
    """The scopes that open these types; raises StackError for what is not published."""
    names = [one.strip() for one in types.split(",") if one.strip()]
    known = {one.name for one in PUBLISHED.types}
    if unknown := [one for one in names if one not in known and one not in _OPEN]:
        raise StackError(f"nothing is published as {', '.join(unknown)}: choose from {', '.join(sorted(known))}")
    return sorted({_OPEN.get(one) or scope_of(one) for one in names})


_PASTE = """
# It may read: {scopes}
#
# export TOKEN=$(curl -s "$KINERJA_TOKENS" -u "$KINERJA_CLIENT_ID:$KINERJA_CLIENT_SECRET" -d grant_type=client_credentials \\
#   | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
# curl -s "$KINERJA_EVENTS/v1/events?limit=5" -H "Authorization: Bearer $TOKEN"
# curl -s "$KINERJA_EVENTS/v1/event-types" -H "Authorization: Bearer $TOKEN"
{webhooks}
#
# docs/integrate.md goes on from here."""
_NAME = """# curl -s "$KINERJA_EVENTS/v1/endpoints" -H "Authorization: Bearer $TOKEN" -H content-type:application/json \\
#   -d '{"url": "https://..."}'  # the answer shows the secret once"""
_PING = '# curl -s -X POST "$KINERJA_EVENTS/v1/endpoints/$KINERJA_ENDPOINT/ping" -H "Authorization: Bearer $TOKEN"'


def _declared(state: State, name: str, city: str) -> UUID:
    """The account of the machine, as the city's office has declared it from today on."""
    running = state.read_running()
    today = Clock.from_setting(running.clock if running else "").now().date()
    wanted = {
        "role": Role.INTEGRATOR.value,
        "name": name,
        "from": today.isoformat(),
        "reason": f"Integrasi {name} lewat peristiwa yang diterbitkan",
    }
    with office(state, "registry", city) as asking:
        return UUID(asking.post("/office-holders", wanted)["person_id"])


def _url(state: State, name: str) -> str:
    return state.must_run(name).urls[name]


def _wait_until_known(events: str, token: str, *, needs_scope: bool) -> None:
    deadline = time.monotonic() + KNOWN_SECONDS
    path = "/v1/events?limit=1" if needs_scope else "/v1/chain?limit=1"
    while (answer := httpx.get(events + path, headers=_bearer(token), timeout=30)).status_code == httpx.codes.FORBIDDEN:
        if time.monotonic() > deadline:
            raise StackError(f"the service of integrations does not know the machine yet: {answer.text}")
        time.sleep(0.25)


def _endpoint(events: str, token: str, url: str) -> dict[str, str]:
    answer = httpx.post(f"{events}/v1/endpoints", json={"url": url}, headers=_bearer(token), timeout=30)
    body: dict[str, str] = answer.json()
    if not answer.is_success:
        raise StackError(f"the endpoint was refused: {body.get('detail')}")
    return body


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
