"""January and February: the year is evaluated and the results go out; a silent rater's superior signs what is then final."""

from tests.workflows.year.acts import BELOW, Acts
from tests.workflows.year.place import CAST
from tests.workflows.year.town import Town

LEADERS = {"ani": "kabid_b", "budi": "kadis", "citra": "kadis", "kabid_a": "sekda", "sekda": "eko"}
"""Who leads whom by now, where it is not as on the first day."""


def leader(who: str) -> str:
    """Who evaluates the year of a person."""
    return LEADERS.get(who) or CAST[who][2]


async def play(town: Town, acts: Acts) -> None:
    """Until everybody but Fajar has received a result."""
    await town.until("2027-01-07")
    for who in CAST:
        await acts.report(who, 4)
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    achieved = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    # Of each unit by whoever is tied to nobody who leads it: the secretariat's by the officer whom its head does not rate.
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": achieved})
    await town.until("2027-01-14")
    for who in CAST:
        if who != "eko":
            await acts.assess(leader(who), who, *[BELOW] * (who in ("citra", "dewi")))
    await town.until("2027-01-28")
    more = {"phase": "EVALUATION", "until": "2027-02-03", "reason": "Banjir di kantor Bidang B"}
    await acts.post("petugas", "evaluation", f"/cycles/{acts.cycle}/extension", more)
    await _results_go_out(town, acts)


async def _results_go_out(town: Town, acts: Acts) -> None:
    await town.until("2027-02-08")
    for who in CAST:
        if who != "eko":
            await acts.sign(leader(who), who)
    await town.until("2027-02-09")
    for who in CAST:
        if who not in ("eko", "fajar"):
            await acts.acknowledge(who)
