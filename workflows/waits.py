"""How a workflow waits for people: a signal wakes it, and it asks its service what holds now."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar, Protocol

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.workflows import EventSignal
    from workflows.repeats import SeenEvents


async def wait_until(what: Callable[[], bool], *, within: timedelta, why: str) -> bool:
    """Whether it came true in time; ``why`` is what an operator reads at the timer."""
    try:
        await workflow.wait_condition(what, timeout=within, timeout_summary=why)
    except TimeoutError:
        return False
    return True


class Signalled:
    """A workflow that is signalled what people did."""

    _SHORTEST = timedelta(seconds=0.01)
    """A time-out of 0 would be over without a timer, and the workflow would ask again at once, as fast as it can."""

    def __init__(self) -> None:
        self._seen = SeenEvents()
        self._woken = False

    # The name on the wire is older than the method's: workflows that run, and their histories, know no other.
    @workflow.signal(name="heard")
    def changed(self, signal: EventSignal) -> None:
        """Somebody did something; a repeat wakes nobody, or the service would be asked for nothing."""
        if self._seen.is_new(signal.event_id):
            self._woken = True

    async def _wait(self, within: timedelta, why: str) -> None:
        """Until something happened, but no longer than this."""
        await wait_until(lambda: self._woken, within=max(within, self._SHORTEST), why=why)
        self._woken = False


class CaseState(Protocol):
    """The state of one case, and for how many seconds on the wall nothing will happen to it by itself."""

    @property
    def state(self) -> str: ...

    @property
    def wait_seconds(self) -> float | None: ...


class CaseWorkflow(Signalled):
    """A workflow that asks its service, again and again, to lead one case on until it has ended."""

    LONGEST_WAIT = timedelta(days=30)
    """What no signal announced is seen after this time at the latest."""
    ENDED: ClassVar[frozenset[str]]
    """The states in which it is over."""
    WAITS_FOR: ClassVar[Mapping[str, str]]
    """What an operator reads at the timer, by state."""

    _state = ""

    @workflow.query
    def state(self) -> str:
        """The case's state as last seen."""
        return self._state

    async def _lead(self) -> CaseState:
        raise NotImplementedError

    async def _until_ended(self) -> str:
        """Returns how it ended."""
        while (case := await self._lead()).state not in self.ENDED:
            self._state = case.state
            wait = self.LONGEST_WAIT if case.wait_seconds is None else timedelta(seconds=case.wait_seconds)
            await self._wait(wait, self.WAITS_FOR.get(case.state, "its end"))
        self._state = case.state
        # The SDK's rule before every end: an abandoned handler would lose its signal. Today's handlers never wait.
        await workflow.wait_condition(workflow.all_handlers_finished)
        return case.state
