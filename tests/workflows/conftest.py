"""A test server that skips time, and workers for the workflows and for the services they ask."""

import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from contracts.workflows import QUEUE
from kit import temporal
from tests.workflows.offices import EvaluationOffice, FeedbackOffice, Ledger, PlansOffice, acts_of
from workflows.registered import WORKFLOWS

TEST_SERVER = Path(sys.executable).parent / "temporal-test-server"


@pytest.fixture
async def env() -> AsyncIterator[WorkflowEnvironment]:
    """The server; 0.1 s to start."""
    started = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(TEST_SERVER), data_converter=pydantic_data_converter
    )
    async with started as env:
        yield env


@pytest.fixture
async def ledger(env: WorkflowEnvironment) -> AsyncIterator[Ledger]:
    """What the stand-ins know; their workers and the workflows' worker run meanwhile."""
    ledger = Ledger(env)
    offices: dict[str, PlansOffice | FeedbackOffice | EvaluationOffice]
    offices = {"plans": PlansOffice(ledger), "feedback": FeedbackOffice(ledger), "evaluation": EvaluationOffice(ledger)}
    async with AsyncExitStack() as running:
        for queue, office in offices.items():
            await running.enter_async_context(temporal.worker(env.client, queue, activities=acts_of(office)))
        await running.enter_async_context(temporal.worker(env.client, QUEUE, workflows=WORKFLOWS))
        yield ledger


@pytest.fixture
def client(env: WorkflowEnvironment) -> Client:
    """The server's client."""
    return env.client


@pytest.fixture
def name() -> str:
    """A workflow id of this test's own."""
    return f"workflow/{uuid4()}"
