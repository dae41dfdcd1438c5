"""A year of the town for pages that come after it: plans, figures, achievements, ratings; and waiting for a phase."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests.portal.house import House, pass_until
from tests.workflows.year.place import WIB

TEAM = dict.fromkeys(("ani", "budi", "citra"), "kabid_a")
"""Of Bidang A, with who rates each."""
BIDANG = TEAM | {"kabid_a": "kadis"}
"""With its head: everybody of the unit."""


async def planned_year(house: House, people: Mapping[str, str] = TEAM) -> None:
    """They have a plan, and a year later the figures of its last quarter: 7 January 2027."""
    acts = house.acts
    await house.town.until("2026-01-08")
    for who, leader in people.items():
        await acts.propose(who)
        await acts.agree(leader, who, "2026-01-08")
    await pass_until(house, "2027-01-07")
    for who in people:
        await acts.report(who, 4)


async def achieved(house: House) -> None:
    """Every organisation did well; each officer says so of the units whose head he or she is not tied to."""
    acts = house.acts
    units = (await acts.get("petugas", "evaluation", f"/cycles/{acts.cycle}/units"))["items"]
    items = [{"unit_id": one["unit_id"], "performance": "GOOD"} for one in units]
    for officer in ("petugas", "eko"):
        await acts.post(officer, "evaluation", f"/cycles/{acts.cycle}/org-performance", {"items": items})


async def rated(house: House, until: str, people: Mapping[str, str] = TEAM) -> None:
    """They are assessed alike on 14 January; then the day that is named."""
    await house.town.until("2027-01-14")
    for who, leader in people.items():
        await house.acts.assess(leader, who)
    await pass_until(house, until)


async def phase_reached(house: House, phase: str, *, days: int = 120) -> None:
    """Let days pass until a phase is open; raises AssertionError if it does not come."""
    for _ in range(0, days, 3):
        standing = await house.acts.get("petugas", "evaluation", f"/cycles/{house.acts.cycle}/standing")
        if standing["phase"] == phase:
            return
        today: date = house.town.clock.now().astimezone(WIB).date()
        await house.town.until((today + timedelta(days=3)).isoformat())
    raise AssertionError(f"{phase} did not come")


async def nip_of(house: House, who: str) -> str:
    """The NIP of somebody, as the office types it."""
    return str((await house.acts.get("petugas", "registry", f"/servants/{house.acts.id_of(who)}"))["nip"])
