"""Tokens of the development issuer verify against the keys it publishes, and only those."""

from pathlib import Path
from uuid import uuid4

import pytest

from contracts.base import Role
from kinerja.stack import issuer
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.auth import Verifier
from kit.errors import Unauthenticated
from kit.settings import Settings


@pytest.fixture
def state(tmp_path: Path) -> State:
    return _prepared(tmp_path / "one")


def _prepared(path: Path) -> State:
    state = State(path)
    state.prepare()
    issuer.ensure(state)
    return state


def _verifier(state: State) -> Verifier:
    return Verifier(
        Settings(
            environment="local",
            oidc_issuer=issuer.ISSUER,
            oidc_audience=issuer.AUDIENCE,
            oidc_jwks=str(state.jwks),
        )
    )


async def test_a_token_says_who_and_where_and_verifies(state: State) -> None:
    sub = uuid4()
    token = issuer.mint(state, sub=sub, city="14.72", roles=[Role.PERFORMANCE_OFFICE])
    actor = await _verifier(state).actor(f"Bearer {token}")
    assert (actor.id, actor.tenant_id, actor.roles) == (sub, "14.72", frozenset({Role.PERFORMANCE_OFFICE}))


async def test_a_token_of_another_stack_or_one_that_expired_is_refused(state: State, tmp_path: Path) -> None:
    foreign = issuer.mint(_prepared(tmp_path / "two"), sub=uuid4(), city="14.72")
    expired = issuer.mint(state, sub=uuid4(), city="14.72", hours=-1)
    for token in (foreign, expired):
        with pytest.raises(Unauthenticated):
            await _verifier(state).actor(f"Bearer {token}")


async def test_the_key_stays_over_a_restart_and_nobody_else_may_read_it(state: State) -> None:
    token = issuer.mint(state, sub=uuid4(), city="14.72")
    issuer.ensure(state)
    await _verifier(state).actor(f"Bearer {token}")
    assert state.issuer_key.stat().st_mode & 0o777 == 0o600


def test_without_a_key_there_is_advice_instead_of_a_token(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="kinerja up"):
        issuer.mint(State(tmp_path), sub=uuid4(), city="14.72")
