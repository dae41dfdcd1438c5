"""Ports: the usual ones if they are free, others if somebody has them."""

import socket
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
