"""A node of Apache Kafka for tests: fresh, with every topic, gone with its data at the end of a block."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinerja.stack.kafka import START_SECONDS, ApacheKafka
from kinerja.stack.ports import choose
from kit.topics import topics
from tests.support.aside import Aside

SESSION_MS = 6_000
"""The shortest that Apache Kafka takes: a test need not wait longer for the place of a consumer that was killed."""


@contextmanager
def running(aside: Aside, engines: Path) -> Iterator[ApacheKafka]:
    """On ports of its own."""
    ports = choose(["test-kafka", "test-controller"], {})
    directory = Path(tempfile.mkdtemp(dir=engines, prefix="kafka-"))
    node = ApacheKafka(directory, port=ports["test-kafka"], controller_port=ports["test-controller"], make=topics())
    aside.run(node.start(), seconds=START_SECONDS + 30)
    try:
        yield node
    finally:
        aside.run(node.stop())
        shutil.rmtree(directory)
