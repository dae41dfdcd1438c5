"""A state directory beside which services answer over HTTP, as commands find them beside a running stack."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from kinerja.stack import issuer
from kinerja.stack.ports import HOST, choose
from kinerja.stack.state import Running, State
from kit.db import Database
from kit.serving import serve
from kit.settings import Settings
from services.registry.api import build
from services.registry.servants.models import Servant
from tests.support.people import Office

Build = Callable[[Settings, Database], FastAPI]


@asynccontextmanager
async def served(root: Path, apis: Mapping[str, tuple[Build, Database]]) -> AsyncIterator[State]:
    """Serve these APIs, by the name of their service, until the block ends."""
    state, ports = State(root), choose([f"{name}-api" for name in apis], {})
    with state.held():
        issuer.ensure(state)
        serving = []
        for name, (build, database) in apis.items():
            settings = _settings(state, ports[f"{name}-api"])
            serving.append(asyncio.create_task(serve(build(settings, database), settings)))
        for port in ports.values():
            await _answering(port)
        urls = {name: f"http://{HOST}:{ports[f'{name}-api']}" for name in apis}
        state.write_running(Running(pid=1, started=0, ports=ports, urls=urls))
        yield state
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def registered(registry: Database, office: Office) -> tuple[Build, Database]:
    """A registry that knows who the performance office is, as commands ask it before they act for the city."""
    row = Servant(
        tenant_id=office.tenant_id,
        id=office.office,
        revision=1,
        nip="194901011970010008",
        name="Pegawai 08",
        email="pegawai08@example.go.id",
        employment_type="PNS",
        grade="III/a",
        position="Pelaksana",
        position_kind="PELAKSANA",
        unit_id=office.unit_id,
        is_head=False,
        roles=[role.value for role in office.roles(office.office)],
        language="id",
    )
    async with registry.transaction(office.tenant_id) as session:
        session.add(row)
    return build, registry


def _settings(state: State, port: int) -> Settings:
    return Settings(
        environment="test", oidc_issuer=issuer.ISSUER, oidc_jwks=str(state.jwks), http_host=HOST, http_port=port
    )


async def _answering(port: int) -> None:
    for _ in range(500):
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing answers at {port}")
