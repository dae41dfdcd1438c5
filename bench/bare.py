"""The baseline of an HTTP command: FastAPI, asyncpg, two inserts in a transaction; ``python -m bench.bare PORT URL``.

No token, no row-level security, no rules: what is left when everything is left out.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import asyncpg
import uvicorn
from fastapi import FastAPI, Header, Request
from pydantic import BaseModel

from contracts.base import new_id

TABLES = """
create table acknowledgements (
    tenant_id text not null, cycle_id uuid not null, servant_id uuid not null, policy_version integer not null,
    at timestamptz not null, primary key (tenant_id, cycle_id, servant_id)
);
create table outbox (
    id bigint generated always as identity primary key, event_id uuid not null, tenant_id text not null,
    topic text not null, key text not null, type text not null, subject text not null, actor text not null,
    reason text, body text not null, time timestamptz not null
);
"""
_ROW = "insert into acknowledgements values ($1, $2, $3, $4, $5)"
_TELL = """
insert into outbox (event_id, tenant_id, topic, key, type, subject, actor, body, time)
values ($1, $2, 'feedback', $3, 'acknowledged', $3, $3, $4, $5)
"""


class Receipt(BaseModel):
    """What is answered, and emitted."""

    cycle_id: UUID
    servant_id: UUID
    policy_version: int
    at: datetime


def build(url: str) -> FastAPI:
    """One route on a pool as large as a service's."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=10, max_size=10) as pool:
            app.state.pool = pool
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/health/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/cycles/{cycle_id}/acknowledgement", status_code=201)
    async def acknowledge(cycle_id: UUID, request: Request, x_person: Annotated[UUID, Header()]) -> Receipt:
        receipt = Receipt(cycle_id=cycle_id, servant_id=x_person, policy_version=1, at=datetime.now(UTC))
        async with request.app.state.pool.acquire() as connection, connection.transaction():
            await connection.execute(_ROW, "16.71", cycle_id, x_person, 1, receipt.at)
            body = receipt.model_dump_json()
            await connection.execute(_TELL, new_id(), "16.71", str(x_person), body, receipt.at)
        return receipt

    return app


if __name__ == "__main__":
    uvicorn.run(build(sys.argv[2]), port=int(sys.argv[1]), loop="uvloop", access_log=False, log_level="warning")
