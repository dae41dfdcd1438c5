"""Which engines exist already, as somebody named them, and as their state directory remembers them."""

import re
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from kinerja.stack.errors import StackError
from kinerja.stack.state import State, replace

DEFAULT_NAMESPACE = "default"
SESSION_MS = 45_000
"""As in production; Apache Kafka refuses less than 6000 (``group.min.session.timeout.ms``)."""
_ADDRESS = re.compile(r"[A-Za-z0-9._-]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
_NAMESPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Existing(BaseModel):
    """What to use instead of starting one; empty means that the stack starts its own."""

    model_config = ConfigDict(frozen=True)

    kafka: str = ""
    """``HOST:PORT``, or several with commas."""
    postgres: str = ""
    """URL of a role that may create what is missing."""
    temporal: str = ""
    """``HOST:PORT`` or ``HOST:PORT/NAMESPACE``."""
    session_ms: int = SESSION_MS
    """After so long a silent consumer of that Kafka is taken for dead."""

    @classmethod
    def named(cls, *, kafka: str | None = None, postgres: str | None = None, temporal: str | None = None) -> Self:
        """As given on a command line; raises StackError for what is no address."""
        made = cls(kafka=kafka or "", postgres=postgres or "", temporal=temporal or "")
        for one in made.kafka.split(",") if made.kafka else ():
            _check("--kafka", one, "HOST:PORT, e.g. 127.0.0.1:9092")
        if made.temporal:
            address, _, namespace = made.temporal.partition("/")
            _check("--temporal", address, "HOST:PORT or HOST:PORT/NAMESPACE, e.g. 127.0.0.1:7233")
            if namespace and not _NAMESPACE.fullmatch(namespace):
                raise StackError(f"--temporal: {namespace!r} is not the name of a namespace")
        if made.postgres and not re.fullmatch(r"postgres(ql)?://.+", made.postgres):
            raise StackError("--postgres wants a URL, e.g. postgresql://postgres:secret@127.0.0.1:5432/postgres")
        return made

    @property
    def temporal_address(self) -> str:
        return self.temporal.partition("/")[0]

    @property
    def temporal_namespace(self) -> str:
        return self.temporal.partition("/")[2] or DEFAULT_NAMESPACE

    def __bool__(self) -> bool:
        return bool(self.kafka or self.postgres or self.temporal)

    def shown(self) -> dict[str, str]:
        """Each engine's name and where it is; no password."""
        parts = urlsplit(self.postgres)
        address = self.postgres.replace(f"{parts.username}:{parts.password}@", f"{parts.username}@")
        named = {"postgres": address, "temporal": self.temporal, "kafka": self.kafka}
        return {name: where for name, where in named.items() if where}

    def beside(self, remembered: "Existing") -> "Existing":
        """What is named now wins over what was named at an earlier start."""
        now = {name: value for name, value in self.model_dump(exclude_defaults=True).items() if value}
        return remembered.model_copy(update=now)


def remembered(state: State) -> Existing:
    """What this directory's stack was last started with."""
    try:
        return Existing.model_validate_json(state.existing.read_text())
    except FileNotFoundError:
        return Existing()


def remember(state: State, existing: Existing) -> None:
    """Keep it for the next start, and for commands beside a stack; the URL may hold a password."""
    if existing:
        replace(state.existing, existing.model_dump_json(indent=2), mode=0o600)


def _check(option: str, address: str, form: str) -> None:
    if not _ADDRESS.fullmatch(address):
        raise StackError(f"{option} wants {form}; not {address!r}")
