"""A request is asked for by its trace, by a traceparent or by the number on a page; nothing gets through that would find more."""

import json
from pathlib import Path
from typing import Any

import pytest

from kinerja.following import digits_said
from kinerja.logged import lines
from kinerja.stack.errors import StackError

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
OTHER = "4bf92f35000000000000000000000001"
FIRST = TRACE[:8]


@pytest.mark.parametrize("said", [TRACE, f" {TRACE}\n", TRACE.upper(), f"00-{TRACE}-00f067aa0ba902b7-01"])
def test_an_id_is_found_in_what_people_paste(said: str) -> None:
    assert digits_said(said) == TRACE


@pytest.mark.parametrize("said", [FIRST, f" {FIRST.upper()} ", TRACE[:-1]])
def test_the_first_digits_are_enough(said: str) -> None:
    assert digits_said(said) == said.strip().lower()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "%",
        TRACE[:7],
        f"{TRACE[:7]}%",
        f"{FIRST}%",
        f"{FIRST}_",
        "________",
        TRACE + "0",
        f"00-{TRACE}",
        f"{'_' * 32}",
        "4bf92f3g",
    ],
)
def test_anything_else_is_refused(said: str) -> None:
    with pytest.raises(StackError, match="trace_id"):
        digits_said(said)


def _line(at: str, trace_id: str, event: str, **more: Any) -> str:
    said = {"event": event, "service": "plans", "trace_id": trace_id, "level": "info", "timestamp": at} | more
    return json.dumps(said) + "\n"


def test_what_was_said_in_the_logs_is_found_oldest_first_with_process_level_and_message(tmp_path: Path) -> None:
    (tmp_path / "plans-api.log").write_text(
        "Traceback (most recent call last):\n"
        + _line("2026-11-30T03:00:02.000002Z", TRACE, "refused", status=409, kind="refused", actor=None)
        + _line("2026-11-30T03:00:03.000000Z", "a" * 32, f"not this one, although it names {FIRST}", of=TRACE)
        + _line("2026-11-30T03:00:04.000000Z", TRACE, "cut off in the")[:-20]
    )
    (tmp_path / "plans-api.log.1").write_text(_line("2026-11-30T02:00:00.000000Z", OTHER, "of another request"))
    (tmp_path / "portal-api.log").write_text(
        _line(
            "2026-11-30T03:00:01.000000Z",
            TRACE,
            "unexpected error",
            level="error",
            exception="Traceback\n  x\nKeyError: 'a'",
        )
    )
    assert [str(one) for one in lines(tmp_path, TRACE)] == [
        "2026-11-30 03:00:01.000 portal-api error: unexpected error KeyError: 'a'",
        "2026-11-30 03:00:02.000 plans-api info: refused status=409 kind=refused",
    ]
    assert [one.trace_id for one in lines(tmp_path, FIRST)] == [OTHER, TRACE, TRACE]
