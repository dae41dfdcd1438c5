"""Apache Kafka as one node in KRaft mode, from the jars that ``deploy/kafka/fetch`` brings: ``python -m kinerja.stack.kafka``.

The engine of production, where the embedded broker is not like it enough: it keeps its topics over a restart, forms
groups, refuses what it does not know. Takes about half a gigabyte of memory and some seconds to start.
"""

import asyncio
import base64
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from string import Template
from uuid import uuid4

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from kinerja.stack import probes
from kinerja.stack.broker import create_topics
from kinerja.stack.errors import StackError
from kinerja.stack.foreground import run
from kinerja.stack.migrate import ROOT
from kinerja.stack.ports import HOST, choose
from kinerja.stack.processes import Changed, Child, Program, finish, guarded, unheard
from kinerja.stack.state import State
from kit.topics import Topic, topics

KAFKA = ROOT / "deploy" / "kafka"
JARS = KAFKA / "target" / "dependency"
MISSING = "Apache Kafka is not here: `make kafka` and `make test-kafka` fetch it (deploy/kafka/fetch; Java and Maven)"
QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
"""Kafka tells its three hundred settings at every start otherwise."""
HEAP = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC")
START_SECONDS = 240.0
"""Five seconds on an idle machine; more than two minutes were seen where everybody was busy."""


class ApacheKafka:
    """A broker on one directory, which keeps its topics and what is in them."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int,
        controller_port: int,
        make: Sequence[Topic] = (),
        template: str | None = None,
        ready: Callable[[int], Awaitable[bool]] | None = None,
        log: Path | None = None,
        changed: Changed = unheard,
    ) -> None:
        """``template`` instead of ``deploy/kafka/server.properties``, e.g. one that asks for names, with a way to ask it."""
        self.directory = directory.absolute()
        self.address = f"{HOST}:{port}"
        self._template = template or (KAFKA / "server.properties").read_text(encoding="utf-8")
        self._ports = {"port": port, "controller_port": controller_port}
        self.child = Child(
            Program(
                name="kafka",
                command=_java("kafka.Kafka", str(self._settings), options=HEAP),
                log=log or self.directory / "kafka.log",
                ready=lambda: (ready or answers)(port),
                after_start=lambda: create_topics(self.address, make),
                url=self.address,
                patience=60,
                start_seconds=START_SECONDS,
            ),
            changed=changed,
        )

    async def start(self) -> None:
        """Write the settings, format the directory if that was never done, run; return when it answers."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self._configure(self._data)
        if not self._data.exists():
            await self._format()
            self._configure(self._data)
        await self.child.start()

    async def stop(self) -> None:
        await self.child.stop()

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    @property
    def _settings(self) -> Path:
        return self.directory / "server.properties"

    def _configure(self, data: Path) -> None:
        filled = Template(self._template).substitute(self._ports, host=HOST, data=data)
        self._settings.write_text(filled, encoding="utf-8")

    async def _format(self) -> None:
        draft = self.directory / "data.new"  # renamed when complete: a start may be interrupted
        shutil.rmtree(draft, ignore_errors=True)
        self._configure(draft)
        words = ("format", "--cluster-id", _cluster_id(), "--config", str(self._settings))
        code, output = await finish(guarded(_java("kafka.tools.StorageTool", *words)), directory=self.directory)
        if code:
            raise StackError(f"Apache Kafka cannot make its data directory:\n{output}")
        draft.rename(self._data)


def version() -> str:
    """What the fetched broker says it is, e.g. ``4.1.0``; raises StackError if there is none."""
    done = subprocess.run(_java("kafka.Kafka", "--version"), capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise StackError(f"Apache Kafka does not say its version:\n{done.stderr}")
    return done.stdout.strip().splitlines()[-1]


async def answers(port: int) -> bool:
    """Whether the node has joined its own cluster: it listens some time before it can make a topic."""
    if not await probes.listens(port):
        return False
    client = AIOKafkaClient(bootstrap_servers=f"{HOST}:{port}")
    try:
        await client.bootstrap()
        return bool(client.cluster.brokers())
    except KafkaError:
        return False
    finally:
        await client.close()


def _java(program: str, *words: str, options: Sequence[str] = ()) -> tuple[str, ...]:
    java = shutil.which("java")
    if java is None or not JARS.exists():
        raise StackError(MISSING)
    return (java, *options, QUIET, "-cp", f"{JARS}/*", program, *words)


def _cluster_id() -> str:
    """Kafka's writing of a UUID: base64 for URLs. One that begins with a dash would be taken for an option."""
    while (made := base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return made


async def _stay(directory: Path) -> int:
    ports = choose(["kafka", "kafka-controller"], {})
    kafka = ApacheKafka(directory, port=ports["kafka"], controller_port=ports["kafka-controller"], make=topics())
    await kafka.start()
    print(f"Apache Kafka {version()} at {kafka.address}: `kinerja up --kafka {kafka.address}`; Ctrl-C stops it")
    try:
        await asyncio.Event().wait()
    finally:
        await kafka.stop()
    return 0


def main() -> int:
    """Run until Ctrl-C, with every topic made; the data stays in the state directory."""
    try:
        return run(_stay(State.find().root / "kafka"))
    except StackError as error:
        print(f"kinerja: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
