"""A trace is asked for by its id or by a whole traceparent, and by nothing that would find something else."""

import pytest

from kinerja.following import id_said
from kinerja.stack.errors import StackError

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize("said", [TRACE, f" {TRACE}\n", f"00-{TRACE}-00f067aa0ba902b7-01"])
def test_an_id_is_found_in_what_people_paste(said: str) -> None:
    assert id_said(said) == TRACE


@pytest.mark.parametrize("said", ["", "%", TRACE[:-1], TRACE + "0", TRACE.upper(), f"00-{TRACE}", f"{'_' * 32}"])
def test_anything_else_is_refused(said: str) -> None:
    with pytest.raises(StackError, match="trace_id"):
        id_said(said)
