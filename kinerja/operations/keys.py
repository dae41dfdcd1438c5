"""Keys and passwords that do not end: where they lie, how old they are, and how each is changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kinerja.stack.state import State

_ANCHOR = "append a new public half to anchor.pub, then change the key: Journal anchors"
_WEBHOOKS = "put a new line in front, start integrations again: Keys of webhooks"
_GATEWAYS = "write the new secret into the file, it counts at once: The gateway of the national application"
_PASSWORDS = "alter role ... password, then this file, then restart: Changing passwords"
_DEPLOYED = (
    ("anchor.key", "signs the ends of journals", _ANCHOR),
    ("webhooks.keys", "seals the secrets of webhooks", _WEBHOOKS),
    ("national-gateways.json", "national gateways", _GATEWAYS),
)
_BESIDE = (
    (".env", "passwords, PORTAL_KEYS", "roles, names on the bus and PORTAL_KEYS, one by one: Changing passwords"),
)
_LOCAL = (
    *_DEPLOYED,
    (
        "issuer.key",
        "signs local tokens (jwks.json)",
        "remove it and `kinerja up`; everybody signs in again: What runs out",
    ),
    (
        "portal.secret",
        "seals the portal's sessions",
        "remove it and `kinerja up`; everybody signs in again: What runs out",
    ),
    ("passwords.json", "roles of a PostgreSQL of your own", _PASSWORDS),
    ("machines.json", "secrets of machines, hashed", "another client, then take the old one away: What runs out"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """A file with a secret that has no end of its own."""

    what: str
    path: Path
    since: datetime
    """When the file was last written: a copy that does not keep times looks young."""
    change: str
    """What to do, and the section of docs/operations.md that says it in full."""

    def days(self, now: datetime) -> int:
        """Its age in whole days."""
        return (now - self.since) // timedelta(days=1)


def found(deployed: Path, state: State) -> list[Key]:
    """Those of a deployment (``deploy/secrets``, ``.env`` two folders above) and of a state directory; the oldest first."""
    some = [
        *_in(deployed, _DEPLOYED),
        *_in(deployed.absolute().parent.parent, _BESIDE),
        *_in(state.root, _LOCAL),
    ]
    return sorted(some, key=lambda one: one.since)


def _in(directory: Path, wanted: Sequence[tuple[str, str, str]]) -> Iterator[Key]:
    for name, what, change in wanted:
        if (path := directory / name).exists():
            yield Key(what, path, datetime.fromtimestamp(path.stat().st_mtime, UTC), change)
