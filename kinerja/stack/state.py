"""The state directory of a stack: where everything lies, who holds it, and what runs at this moment."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ValidationError

from kinerja.stack.errors import AlreadyRunning, StackError

VARIABLE = "KINERJA_STATE"
DEFAULT = Path(".kinerja")


class RunningProcess(BaseModel):
    """One process of the stack as last seen by its launcher."""

    name: str
    pid: int | None
    created: float | None = None
    """The process's creation time: a pid alone may have been given to somebody else since."""
    state: str
    restarts: int = 0
    url: str = ""


class Running(BaseModel):
    """What ``stack.json`` tells other terminals."""

    pid: int
    started: float
    ports: dict[str, int]
    urls: dict[str, str]
    kafka: str = ""
    temporal: str = ""
    existing: dict[str, str] = {}
    """Engines that were not started here, and where they are."""
    clock: str = ""
    """KINERJA_CLOCK as the processes got it; empty means the wall."""
    processes: list[RunningProcess] = []


class State:
    """The paths under one state directory."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.postgres = self.root / "postgres"
        self.temporal = self.root / "temporal.db"
        self.log = self.root / "log"
        self.mail = self.root / "mail"
        self.issuer_key = self.root / "issuer.key"
        self.jwks = self.root / "jwks.json"
        self.machines = self.root / "machines.json"
        self.anchors = self.root / "anchors"
        self.webhook_keys = self.root / "webhooks.keys"
        self.national_gateways = self.root / "national-gateways.json"
        self.anchor_key = self.root / "anchor.key"
        self.anchor_keys = self.root / "anchor.pub"
        self.clock = self.root / "clock.json"
        self.knots = self.root / "knots.json"
        self.migrated = self.root / "migrated.json"
        self.existing = self.root / "engines.json"
        self.signed_in = self.root / "signed_in"
        self.passwords = self.root / "passwords.json"
        self._portal_secret = self.root / "portal.secret"
        self._running = self.root / "stack.json"
        self._lock = self.root / "lock"

    @classmethod
    def find(cls, given: Path | None = None) -> "State":
        """The directory given, else that of ``KINERJA_STATE``, else ``.kinerja`` here."""
        return cls(given or Path(os.environ.get(VARIABLE) or DEFAULT))

    @property
    def begun(self) -> bool:
        """Whether a stack was ever started here."""
        return self._running.exists()

    def prepare(self) -> None:
        for directory in (self.root, self.log, self.mail):
            directory.mkdir(parents=True, exist_ok=True)

    def turn_logs(self) -> None:
        """Every log begins anew; what the run before said is kept as ``*.log.1``, older runs are forgotten."""
        for log in self.log.glob("*.log"):
            if log.stat().st_size:
                log.replace(log.with_suffix(".log.1"))

    def portal_secret(self) -> str:
        """Of the portal as a client of the development issuer, and for what it encrypts; made once a state directory."""
        if not self._portal_secret.exists():
            replace(self._portal_secret, secrets.token_urlsafe(32), mode=0o600)
        return self._portal_secret.read_text()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the directory for this launcher; the lock goes with the process, however it ends."""
        self.prepare()
        with self._lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise AlreadyRunning(f"a stack already runs on {self.root}") from error
            yield

    def is_held(self) -> bool:
        """Whether a launcher is alive on this directory."""
        if not self._lock.exists():
            return False
        with self._lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False

    def read_running(self) -> Running | None:
        """What was last written, by a launcher that may be gone."""
        try:
            return Running.model_validate_json(self._running.read_text())
        except (OSError, ValidationError):
            return None

    def running(self) -> Running | None:
        """What runs at this moment; None where no launcher is alive."""
        return self.read_running() if self.is_held() else None

    def must_run(self, *services: str) -> Running:
        """What runs at this moment; raises StackError if nothing does, or the API of one of these services does not."""
        if (running := self.running()) is None:
            raise StackError(f"no stack runs on {self.root}: start one with `kinerja up`")
        if missing := [one for one in services if one not in running.urls]:
            raise StackError(f"the stack on {self.root} was started without {', '.join(missing)}")
        return running

    def write_running(self, running: Running) -> None:
        replace(self._running, running.model_dump_json(indent=2))


def replace(path: Path, text: str, *, mode: int = 0o666) -> None:
    """Write a small file so that readers see the old or the new one, never half of it; 0o600 is for this user alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
    draft.replace(path)
