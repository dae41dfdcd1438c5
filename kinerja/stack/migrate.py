"""Bring the services' tables up to date, one process: ``KINERJA_OWNERS='{"plans": URL}' python -m kinerja.stack.migrate``.

The URLs may hold passwords, and every user of a machine reads the arguments of every process.
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from kinerja.stack.errors import StackError
from kinerja.stack.processes import finish, guarded
from kinerja.stack.state import State, replace

ROOT = Path(__file__).parents[2]
"""Where the packages lie."""
VARIABLE = "KINERJA_OWNERS"


async def migrate(state: State, urls: Mapping[str, str], *, ours: bool = True) -> None:
    """Run the migrations of all services, unless this state directory has exactly these already.

    A server that is not ``ours`` is asked each time: nothing here knows what happened to it meanwhile.
    """
    wanted = {service: _digest(service) for service in urls}
    if not wanted or (ours and _done(state) == wanted):
        return
    command = guarded([sys.executable, "-m", "kinerja.stack.migrate"])
    code, output = await finish(command, directory=ROOT, environment={VARIABLE: json.dumps(dict(urls))})
    log = state.log / "migrate.log"
    log.write_text(output)
    if code:
        last = "\n".join(output.splitlines()[-15:])
        raise StackError(f"the migrations failed, see {log}:\n{last}")
    if ours:
        replace(state.migrated, json.dumps(wanted, indent=2))


def _done(state: State) -> object:
    return json.loads(state.migrated.read_text()) if state.migrated.exists() else None


def _digest(service: str) -> str:
    """Changes with any file that makes the service's tables."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "services" / service / "migrations").rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update((ROOT / "kit" / "migrate.py").read_bytes())
    return digest.hexdigest()


def main() -> None:
    from kit.migrate import upgrade  # noqa: PLC0415 - this process alone pays for Alembic and every table

    for service, url in json.loads(os.environ[VARIABLE]).items():
        upgrade(service, url)


if __name__ == "__main__":
    main()
