"""The story of a scope's season: the next cycle opens when its preparation begins, year after year.

Why no Temporal Schedule: deploy/decisions/0010-seasons-are-stories.md.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.evaluation.activities import QUEUE as EVALUATION
    from contracts.evaluation.activities import Evaluation, SeasonAsk
    from contracts.stories import SeasonStart, Steered
    from workflows.asking import asked
    from workflows.waiting import until

SHORTEST_SLEEP = timedelta(seconds=1)
LONGEST_SLEEP = timedelta(days=1)
"""A look a day even when nothing is due, should a signal have been lost or a calendar have changed."""


@workflow.defn(name="season")
class SeasonStory:
    """Opens the cycles of one scope until its policy leaves that to the office."""

    @workflow.init
    def __init__(self, start: SeasonStart) -> None:
        self._news = False

    @workflow.run
    async def run(self, start: SeasonStart) -> None:
        """Open what is due, wait for what comes next."""
        ask = SeasonAsk(tenant_id=start.tenant_id, scope=start.scope)
        while not workflow.info().is_continue_as_new_suggested():
            self._news = False
            season = await asked(Evaluation.open_due_cycles, ask, queue=EVALUATION)
            if season.wait_seconds is None and not self._news:
                return
            await self._sleep(timedelta(seconds=season.wait_seconds or 0))
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(start)

    @workflow.signal
    def changed(self, news: Steered) -> None:
        """The policy changed; the story looks for itself, so a repeated signal does no harm."""
        self._news = True

    async def _sleep(self, wait: timedelta) -> None:
        within = min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)
        await until(lambda: self._news, within=within, why="the next cycle opens")
