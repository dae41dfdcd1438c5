"""Starts the development issuer of a local stack: ``python -m kinerja.sign_in``, with what the stack tells it."""

import os
from pathlib import Path

import uvicorn

from kinerja.sign_in.app import Client, Signer, build
from kinerja.sign_in.machines import Access, Admit
from kinerja.sign_in.people import Registry
from kinerja.sign_in.picked import Picked
from kinerja.stack import issuer, machines
from kinerja.stack.ports import HOST
from kinerja.stack.state import State

_PREFIX = "KINERJA_SIGN_IN_"


def main() -> None:
    """Serve on this machine alone, until told to stop."""
    told = {name.removeprefix(_PREFIX): value for name, value in os.environ.items() if name.startswith(_PREFIX)}
    state = State(Path(told["STATE"]))
    signer = Signer(issuer.ISSUER, issuer.AUDIENCE, lambda claims: issuer.sign(state, claims))
    client = Client("portal", told["SECRET"], (f"{told['PORTAL']}/masuk/kembali",) if told["PORTAL"] else ())
    find, picked = Registry(told["CITIES"], told["PEOPLE"]).find, Picked(state.signed_in)
    app = build(signer, client, find, state.jwks, admit=admitting(state), told=picked.note)
    uvicorn.run(app, host=HOST, port=int(told["PORT"]), log_level="warning", access_log=False, server_header=False)


def admitting(state: State) -> Admit:
    """Whoever `kinerja integrator create` has made in a state directory, from that moment on."""

    def admit(name: str, secret: str) -> Access | None:
        machine = machines.admitted(state, name, secret)
        if machine is None:
            return None
        return Access(machines.minted(state, machine), tuple(machine.scopes), round(machines.HOURS * 3600))

    return admit


if __name__ == "__main__":
    main()
