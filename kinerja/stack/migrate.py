"""Bring the services' tables up to date: ``python -m kinerja.stack.migrate plans=URL registry=URL ...``, one process."""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from kinerja.stack.errors import StackError
from kinerja.stack.processes import finish, guarded
from kinerja.stack.state import State, replace

ROOT = Path(__file__).parents[2]
"""Where the packages lie."""


async def migrate(state: State, urls: Mapping[str, str]) -> None:
    """Run the migrations of all services, unless this state directory has exactly these already."""
    wanted = {service: _digest(service) for service in urls}
    if not wanted or _done(state) == wanted:
        return
    words = [f"{service}={url}" for service, url in urls.items()]
    code, output = await finish(guarded([sys.executable, "-m", "kinerja.stack.migrate", *words]), directory=ROOT)
    log = state.log / "migrate.log"
    log.write_text(output)
    if code:
        last = "\n".join(output.splitlines()[-15:])
        raise StackError(f"the migrations failed, see {log}:\n{last}")
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

    for word in sys.argv[1:]:
        service, _, url = word.partition("=")
        upgrade(service, url)


if __name__ == "__main__":
    main()
