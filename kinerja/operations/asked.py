"""How the engines that are asked are reached: named on the command line, remembered by a state directory, or its stack's."""

from contextlib import AsyncExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from contracts.base import DEPLOYED
from kinerja.stack.clockwork import Clockwork
from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import Existing, remembered
from kinerja.stack.state import State
from kit.clock import Clock
from kit.settings import Settings

if TYPE_CHECKING:
    from kinerja.journals import Server


async def databases(state: State, named: str | None, held: AsyncExitStack) -> "Server":
    """The PostgreSQL with the services' databases; that of a stack that does not run is started while ``held`` is open."""
    from kinerja import journals  # noqa: PLC0415 - whoever asks another engine does without
    from kinerja.stack.existing.postgres import ExistingPostgres  # noqa: PLC0415

    if named:
        return ExistingPostgres(Existing.named(postgres=named).postgres, state)
    return await journals.reachable(state, held)


def business_now(state: State) -> datetime:
    """What the services of this directory take for now; the wall, unless its stack was started with another tempo."""
    running = state.running()
    return Clock.from_setting(running.clock).now() if running else Clockwork(state, None).now()


def bus(state: State, named: str | None) -> Settings:
    """Settings with the bus; raises StackError where none is known."""
    existing, running = Existing.named(kafka=named).beside(remembered(state)), state.running()
    where = existing.kafka or (running.kafka if running else "")
    if not where:
        raise StackError(
            f"no bus to ask, for no stack runs on {state.root}: start one with `kinerja up`, or name a bus with"
            " --kafka HOST:PORT"
        )
    # The embedded broker knows no idempotent producers; of another one KINERJA_KAFKA_IDEMPOTENT may say the same.
    return _settings(kafka=where) if existing.kafka else _settings(kafka=where, kafka_idempotent=False)


def temporal(state: State, named: str | None) -> Settings:
    """Settings with the server and the namespace of the workflows; raises StackError where none is known."""
    existing, running = Existing.named(temporal=named).beside(remembered(state)), state.running()
    where = existing.temporal_address or (running.temporal if running else "")
    if not where:
        raise StackError(
            f"no Temporal to ask, for no stack runs on {state.root}: start one with `kinerja up`, or name a server"
            " with --temporal HOST:PORT/NAMESPACE"
        )
    return _settings(temporal=where, temporal_namespace=existing.temporal_namespace)


def services_on(state: State) -> tuple[str, ...]:
    """Those that have a database here: of a stack that runs with a few, those few."""
    running = state.running()
    return tuple(one for one in DEPLOYED if running and f"{one}-api" in running.ports) or DEPLOYED


def _settings(**given: object) -> Settings:
    """Names, passwords and certificates are those of the environment (``KINERJA_KAFKA_*``, ``KINERJA_TEMPORAL_*``)."""
    try:
        # Who only asks listens nowhere and trusts no token: what production insists on there is no concern of his.
        return Settings.model_validate({"environment": "local", "http_host": "127.0.0.1"} | given)
    except ValueError as error:
        raise StackError(f"the KINERJA_* of this shell cannot be used: {error}") from error
