"""Which TCP ports the stack listens on: the usual ones, those of last time, or free ones if somebody has them."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from secrets import SystemRandom

HOST = "127.0.0.1"
FREE = range(15_000, 32_000)
"""Below what systems give to outgoing connections: one of those could take a port between its choice and its use."""
_TRIALS = 200

USUAL: dict[str, int] = {
    "portal-api": 8100,
    "registry-api": 8101,
    "plans-api": 8102,
    "evaluation-api": 8103,
    "feedback-api": 8104,
    "notify-api": 8105,
    "portal-worker": 8110,
    "integrations-api": 8106,
    "registry-worker": 8111,
    "plans-worker": 8112,
    "evaluation-worker": 8113,
    "feedback-worker": 8114,
    "notify-worker": 8115,
    "workflows": 8116,
    "sign-in": 8118,
    "integrations-worker": 8117,
    "temporal": 7233,
    "temporal-ui": 8233,
    "broker": 9092,
    "mail": 1025,
    "kafka": 9192,
    "kafka-controller": 9193,
}


def metrics(process: str) -> str:
    """The name of the port where a process shows what it measures: 8201 is that of 8101."""
    return f"{process}-metrics"


USUAL |= {metrics(name): port + 100 for name, port in USUAL.items() if 8100 <= port < 8200}


def choose(names: list[str], remembered: Mapping[str, int]) -> dict[str, int]:
    """A port for each name; all are held while choosing, so that no two names get the same.

    Until this process ends no other one chooses them: two stacks that start at the same moment stay apart.
    """
    with ExitStack() as held:
        others = SystemRandom().sample(FREE, _TRIALS)
        return {name: _listen(held, remembered.get(name), USUAL.get(name), *others) for name in names}


def _listen(held: ExitStack, *wanted: int | None) -> int:
    for port in wanted:
        if port is None or not _claimed(port):
            continue
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # A port of last time may still have connections in TIME_WAIT; a living listener is refused all the same.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError:
            listener.close()
            continue
        held.callback(listener.close)
        return port
    raise OSError("no free TCP port")


def _claimed(port: int) -> bool:
    """Whether this process has the port for itself among all that choose here; the lock goes with the process."""
    try:
        fcntl.lockf(_claims(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


@cache
def _claims() -> int:
    """A file with one byte a port. Opened once: whoever closes it gives up every lock that the process has on it."""
    path = Path(tempfile.gettempdir()) / f"kinerja-ports-{os.getuid()}"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
