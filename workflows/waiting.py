"""How a story waits for people: it is told that there is news, and looks for itself."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar, Protocol

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.stories import Heard


async def until(what: Callable[[], bool], *, within: timedelta, why: str) -> bool:
    """Whether it came true in time; ``why`` is what an operator reads at the timer."""
    try:
        await workflow.wait_condition(what, timeout=within, timeout_summary=why)
    except TimeoutError:
        return False
    return True


class Listening:
    """A story that hears of what people did."""

    _SHORTEST = timedelta(seconds=0.01)
    _news = False

    @workflow.signal
    def heard(self, news: Heard) -> None:
        """Somebody did something; the story looks for itself, so a repeated signal does no harm."""
        self._news = True

    async def _listen(self, within: timedelta, why: str) -> None:
        """Wait for news, but no longer than this."""
        await until(lambda: self._news, within=max(within, self._SHORTEST), why=why)
        self._news = False


class Standing(Protocol):
    """Where something stands, and for how many seconds on the wall nothing will happen by itself."""

    @property
    def state(self) -> str: ...

    @property
    def wait_seconds(self) -> float | None: ...


class Led(Listening):
    """A story that asks its service, again and again, to lead one thing on until it has ended."""

    LONGEST_LOOK = timedelta(days=30)
    """News that nobody told of is seen after this time at the latest."""
    ENDED: ClassVar[frozenset[str]]
    """The states in which it is over."""
    WAITS_FOR: ClassVar[Mapping[str, str]]
    """What an operator reads at the timer, by state."""

    _state = ""

    @workflow.query
    def state(self) -> str:
        """Where it stands."""
        return self._state

    async def _lead(self) -> Standing:
        raise NotImplementedError

    async def _until_ended(self) -> str:
        """Returns how it ended."""
        while (standing := await self._lead()).state not in self.ENDED:
            self._state = standing.state
            seconds = standing.wait_seconds
            wait = self.LONGEST_LOOK if seconds is None else timedelta(seconds=seconds)
            await self._listen(wait, self.WAITS_FOR.get(standing.state, "its end"))
        self._state = standing.state
        await workflow.wait_condition(workflow.all_handlers_finished)
        return standing.state
