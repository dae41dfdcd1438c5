"""Starts the development issuer of a local stack: ``python -m kinerja.sign_in``, with what the stack tells it."""

import os
from pathlib import Path

import uvicorn

from kinerja.sign_in.app import Client, Signer, build
from kinerja.sign_in.people import Registry
from kinerja.stack import issuer
from kinerja.stack.ports import HOST
from kinerja.stack.state import State

_PREFIX = "KINERJA_SIGN_IN_"


def main() -> None:
    """Serve on this machine alone, until told to stop."""
    told = {name.removeprefix(_PREFIX): value for name, value in os.environ.items() if name.startswith(_PREFIX)}
    state = State(Path(told["STATE"]))
    signer = Signer(issuer.ISSUER, issuer.AUDIENCE, lambda claims: issuer.sign(state, claims))
    client = Client("portal", told["SECRET"], (f"{told['PORTAL']}/masuk/kembali",))
    app = build(signer, client, Registry(told["CITIES"], told["PEOPLE"]).find, state.jwks)
    uvicorn.run(app, host=HOST, port=int(told["PORT"]), log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main()
