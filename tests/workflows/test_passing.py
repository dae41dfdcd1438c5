"""A town whose server holds its clock goes on all the same."""

from datetime import timedelta

import pytest
from temporalio.api.testservice.v1 import LockTimeSkippingRequest
from temporalio.testing import WorkflowEnvironment

from tests.workflows.passing import days_pass

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(300)]


async def test_days_pass_though_the_clock_was_left_locked(env: WorkflowEnvironment) -> None:
    wanted = await env.get_current_time() + timedelta(days=90)
    for _ in range(2):  # as two refused answers leave it
        await env.client.test_service.lock_time_skipping(LockTimeSkippingRequest())
    for _ in range(5):
        if (left := wanted - await env.get_current_time()) > timedelta(0):
            await days_pass(env, left)
    assert await env.get_current_time() >= wanted
