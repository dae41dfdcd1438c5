"""Machines' clients of the development issuer: what a secret opens, and what nobody gets without it."""

import stat
from pathlib import Path

import jwt
import pytest

from contracts.base import new_id
from kinerja.commands.integrator import scopes_of
from kinerja.stack import issuer, machines
from kinerja.stack.errors import StackError
from kinerja.stack.state import State


@pytest.fixture
def state(tmp_path: Path) -> State:
    found = State(tmp_path)
    found.prepare()
    issuer.ensure(found)
    return found


def test_a_token_carries_the_city_and_the_scopes_that_were_fixed_with_the_client(state: State) -> None:
    account = new_id()
    secret = machines.enrol(state, "payroll", sub=account, city="14.72", scopes=["events:result-finalised"])
    said = jwt.decode(machines.token(state, "payroll", secret), options={"verify_signature": False})
    assert (said["sub"], said["city"], said["roles"]) == (str(account), "14.72", ["INTEGRATOR"])
    assert said["scopes"] == ["events:result-finalised"]
    assert said["exp"] - said["iat"] == 900


def test_neither_a_wrong_secret_nor_an_unknown_client_gets_a_token_and_both_hear_the_same(state: State) -> None:
    secret = machines.enrol(state, "payroll", sub=new_id(), city="14.72", scopes=[])
    told = []
    for client, given in (("payroll", secret[:-1]), ("payroll", ""), ("payrol", secret)):
        with pytest.raises(StackError) as refused:
            machines.token(state, client, given)
        told.append(str(refused.value))
    assert len(set(told)) == 1


def test_a_secret_is_kept_nowhere_and_a_client_is_made_once(state: State) -> None:
    secret = machines.enrol(state, "payroll", sub=new_id(), city="14.72", scopes=[])
    assert secret not in state.machines.read_text()
    assert stat.S_IMODE(state.machines.stat().st_mode) == 0o600
    with pytest.raises(StackError, match="already"):
        machines.enrol(state, "payroll", sub=new_id(), city="16.71", scopes=[])


def test_types_become_scopes_and_what_is_not_published_is_refused() -> None:
    assert scopes_of("result-finalised, result-superseded") == ["events:result-finalised", "events:result-superseded"]
    assert scopes_of("events,person") == ["events", "events:person"]
    with pytest.raises(StackError, match="salaries"):
        scopes_of("events,salaries")
