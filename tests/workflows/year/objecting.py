"""February to April: two objections, one decided on the seventh day and one after it; reports upward; the cycle closes."""

from tests.workflows.year.acts import Acts
from tests.workflows.year.town import Town

REPORT = {"recipient": "Pejabat yang Berwenang", "note": ""}


async def play(town: Town, acts: Acts) -> None:
    """Until the system was reviewed and the cycle is closed."""
    await _decisions(town, acts)
    await town.until("2027-04-07")
    actions = await acts.get("kabid_b", "feedback", f"/development-actions?cycle_id={acts.cycle}")
    plan = {"kind": "TRAINING", "what": "Pelatihan", "how": "Diklat dua hari", "due_on": "2027-06-30"}
    for one in actions["items"]:
        await acts.post("kabid_b", "feedback", f"/development-actions/{one['id']}/plan", plan)
    await town.until("2027-04-12")
    action = {"what": "Latih penilai", "responsible_id": acts.id_of("petugas"), "until": "2027-09-30"}
    review = {"findings": "Siklus berjalan menurut kalender", "actions": [action]}
    await acts.post("petugas", "evaluation", f"/cycles/{acts.cycle}/review", review)


async def _decisions(town: Town, acts: Acts) -> None:
    """Dewi's objection is upheld on day seven; Citra's waits for a silent authority and amends the result.

    Meanwhile Eko's rater stays silent beyond the window: the superior evaluates and signs, and that takes no objection.
    """
    await town.until("2027-02-10")
    await acts.assess("kadis", "eko")
    await town.until("2027-02-11")
    first = (await acts.object("dewi"))["id"]
    await town.until("2027-02-12")
    second = (await acts.object("citra"))["id"]
    await town.until("2027-02-15")
    await acts.sign("kadis", "eko")
    for who in ("kabid_b", "dewi"):
        await acts.explain(who, first)
    await town.until("2027-02-16")
    for who in ("kadis", "citra"):
        await acts.explain(who, second)
    await acts.acknowledge("eko")
    refused = await acts.object("eko", status=409)
    assert "final without objection" in refused["detail"]
    await town.until("2027-02-22")
    await acts.decide("kadis", first, "UPHELD")
    await town.until("2027-02-25")
    await acts.post("petugas", "evaluation", f"/cycles/{acts.cycle}/upward-report", REPORT)
    await town.until("2027-03-03")
    await acts.decide("sekda", second, "AMENDED", result_rating="MEETS", behaviour_rating="MEETS")
    await town.until("2027-03-04")
    await acts.post("petugas", "evaluation", f"/cycles/{acts.cycle}/upward-report", REPORT)
