"""How a story waits for people: it is told that there is news, and looks for itself."""

from collections.abc import Callable
from datetime import timedelta

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
