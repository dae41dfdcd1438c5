"""Lets days pass on the test server, also where it holds its clock and nobody lets it go.

The server locks its clock while a workflow task is at work. One whose answer it refuses ("invalid history builder state
for action") never unlocks it again: days pass as slowly as outside, and every call runs into its time limit. A busy
machine has several such answers one after the other; each holds the clock once more.
"""

from datetime import timedelta

from temporalio.api.testservice.v1 import SleepRequest, UnlockTimeSkippingRequest
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import WorkflowEnvironment

_CALLS = 3
_CALL = timedelta(seconds=15)
"""So many of this length that passed no time, and the clock counts as held: no machine needs as long for a task."""
_OUTSIDE = timedelta(minutes=1)
"""More than passes outside during a call."""


async def days_pass(env: WorkflowEnvironment, left: timedelta) -> None:
    """Let so much time pass, or some of it: a call that a busy machine did not answer in time is made again by the caller."""
    for _ in range(_CALLS):
        before = await env.get_current_time()
        try:
            await env.client.test_service.unlock_time_skipping_with_sleep(_sleep(left), timeout=_CALL)
        except RPCError as error:
            if error.status not in (RPCStatusCode.CANCELLED, RPCStatusCode.DEADLINE_EXCEEDED):
                raise
        else:
            return
        if await env.get_current_time() - before > _OUTSIDE:
            return
    await env.client.test_service.unlock_time_skipping(UnlockTimeSkippingRequest())


def _sleep(left: timedelta) -> SleepRequest:
    asked = SleepRequest()
    asked.duration.FromTimedelta(left)
    return asked
