"""Which TCP ports the stack listens on: the usual ones, those of last time, or free ones if somebody has them."""

import socket
from collections.abc import Mapping
from contextlib import ExitStack

HOST = "127.0.0.1"

USUAL: dict[str, int] = {
    "registry-api": 8101,
    "plans-api": 8102,
    "evaluation-api": 8103,
    "feedback-api": 8104,
    "notify-api": 8105,
    "registry-worker": 8111,
    "plans-worker": 8112,
    "evaluation-worker": 8113,
    "feedback-worker": 8114,
    "notify-worker": 8115,
    "workflows": 8116,
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


USUAL |= {metrics(name): port + 100 for name, port in USUAL.items() if 8100 < port < 8200}


def choose(names: list[str], remembered: Mapping[str, int]) -> dict[str, int]:
    """A port for each name; all are held while choosing, so that no two names get the same."""
    with ExitStack() as held:
        return {name: _listen(held, remembered.get(name), USUAL.get(name), 0) for name in names}


def _listen(held: ExitStack, *wanted: int | None) -> int:
    for port in wanted:
        if port is None:
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
        return int(listener.getsockname()[1])
    raise OSError("no free TCP port")
