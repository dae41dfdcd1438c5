"""December to February: everybody reads the standard but one, everybody has a plan, one of them from the rater's superior."""

from tests.workflows.year.acts import Acts
from tests.workflows.year.place import CAST
from tests.workflows.year.town import Town


async def play(town: Town, acts: Acts) -> None:
    """Until the last plan is set on the last day of planning."""
    await town.until("2025-12-03")
    for who in CAST:
        if who != "eko":
            await acts.read_the_standard(who)
    await town.until("2026-01-08")
    for who in CAST:
        if who != "dewi":
            await acts.propose(who)
    await town.until("2026-01-12")
    for who, (_, _, rater) in CAST.items():
        if who != "dewi":
            plan = await acts.agree(rater or "eko", who, "2026-01-12")
            assert not plan["by_superior"]
    await _silent_rater(town, acts)


async def _silent_rater(town: Town, acts: Acts) -> None:
    """Clock 1: nobody set the expectation, so the dialogue is held with the rater's superior."""
    await town.until("2026-01-19")
    await acts.propose("dewi")
    await town.until("2026-01-30")
    plan = (await acts.plan("dewi"))["id"]
    await acts.post("kadis", "plans", f"/plans/{plan}/setting", status=403)
    await town.until("2026-02-02")
    answered = await acts.agree("kadis", "dewi", "2026-02-02")
    assert answered["by_superior"]
    assert not answered["late"]
