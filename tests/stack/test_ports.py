"""Ports: the usual ones if they are free, others if somebody has them."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kinerja.stack import ports


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((ports.HOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        monkeypatch.setitem(ports.USUAL, "broker", port)
        yield port


def test_a_port_that_somebody_has_is_not_chosen(taken: int) -> None:
    assert ports.choose(["broker"], {})["broker"] != taken


def test_a_remembered_port_that_somebody_has_is_not_chosen(taken: int) -> None:
    assert ports.choose(["mail"], {"mail": taken})["mail"] != taken


def test_a_port_of_last_time_is_taken_again() -> None:
    first = ports.choose(["anything"], {})
    assert ports.choose(["anything"], first) == first


def test_no_two_names_get_the_same_port() -> None:
    names = [f"process-{number}" for number in range(20)]
    assert len(set(ports.choose(names, {}).values())) == len(names)


CHOOSING = """
import json, sys
from kinerja.stack import ports
print(json.dumps(ports.choose([f"process-{number}" for number in range(20)] + list(ports.USUAL), {})), flush=True)
sys.stdin.read()
"""


def test_stacks_that_choose_at_the_same_moment_stay_apart() -> None:
    choosing = [
        subprocess.Popen([sys.executable, "-c", CHOOSING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    try:
        chosen = [port for one in choosing for port in json.loads(one.stdout.readline() if one.stdout else "").values()]
    finally:
        for one in choosing:
            one.communicate("")
    assert len(set(chosen)) == len(chosen) == 3 * (20 + len(ports.USUAL))
    assert (
        max(set(chosen) - set(ports.USUAL.values())) < 32_768
    )  # where Linux begins to give ports to outgoing connections
