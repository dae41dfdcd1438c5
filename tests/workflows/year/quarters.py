"""March to November: three quarters, an absence, an outage, a servant and a rater who are transferred, silent raters."""

from datetime import UTC, datetime, time

from tests.workflows.year.acts import Acts
from tests.workflows.year.place import CAST
from tests.workflows.year.town import Town

DECREE = "SK Wali Kota 821/2026"
MIDNIGHT = time(0, 5)
"""When the registry's worker looks at a new day."""


async def play(town: Town, acts: Acts) -> None:
    """All that happens between the plans and the evaluation of the year."""
    await town.until("2026-03-10")
    for who, (_, _, rater) in CAST.items():
        if rater:
            await acts.encourage(rater, who)
    await _first(town, acts)
    await _servant_moves(town, acts)
    await _second(town, acts)
    await _rater_moves(town, acts)
    await _third(town, acts)


async def _evaluate(acts: Acts, period: int, raters: dict[str, str], *, but: tuple[str, ...]) -> None:
    """By those who lead now: as on the first day, unless ``raters`` names another."""
    for who, (_, _, rater) in CAST.items():
        if who not in but:
            await acts.evaluate(raters.get(who) or rater or "eko", who, period)


async def _report(town: Town, acts: Acts, day: str, period: int, *, but: tuple[str, ...] = ()) -> None:
    await town.until(day)
    for who in CAST:
        if who not in but:
            assert not (await acts.report(who, period))["late"]


async def _first(town: Town, acts: Acts) -> None:
    """Citra is ill and gets more time; the rater of Fajar is silent, and the superior evaluates."""
    await town.until("2026-04-01")
    more = {
        "person_id": acts.id_of("citra"),
        "until": "2026-04-15",
        "obligation": "REPORT_ACTUALS",
        "reason": "Rawat inap",
    }
    assert (await acts.post("petugas", "plans", f"/cycles/{acts.cycle}/more-time", more))["moved"] == 1
    await _report(town, acts, "2026-04-02", 1, but=("citra",))
    await town.until("2026-04-09")
    await _evaluate(acts, 1, {}, but=("fajar",))
    await _report(town, acts, "2026-04-10", 1, but=tuple(set(CAST) - {"citra"}))
    await town.until("2026-04-27")
    assert (await acts.evaluate("kadis", "fajar", 1))["evaluated_by"] == acts.id_of("kadis")


async def _servant_moves(town: Town, acts: Acts) -> None:
    """Ani goes to section B in May: the plan is agreed with the new rater, who evaluates from then on."""
    await town.until("2026-04-28")
    unit = await acts.unit("16.71.B")
    transfer = {"from": "2026-05-04", "reason": DECREE, "unit_id": unit}
    await acts.post("petugas", "registry", f"/servants/{acts.id_of('ani')}/transfers", transfer)
    await town.until("2026-05-04", MIDNIGHT)
    await town.changes_take_effect()
    await town.until("2026-05-12")
    plan = await acts.agree("kabid_b", "ani", "2026-05-12")
    assert (plan["rater_id"], plan["plan_version"]) == (acts.id_of("kabid_b"), 2)


async def _second(town: Town, acts: Acts) -> None:
    """The head of section B is on leave until 17 July and Fajar acts; the system is down from the 14th to the 15th."""
    await town.until("2026-06-29")
    acting = {"from": "2026-07-01", "until": "2026-07-17", "reason": DECREE, "kind": "PLH"}
    unit = await acts.unit("16.71.B")
    await acts.post("petugas", "registry", f"/units/{unit}/acting", {**acting, "acting_id": acts.id_of("fajar")})
    await town.until("2026-07-01", MIDNIGHT)
    await town.changes_take_effect()
    await _report(town, acts, "2026-07-03", 2)
    await town.until("2026-07-08")
    await acts.evaluate("kabid_b", "dewi", 2, status=403)
    raters = dict.fromkeys(("dewi", "eko", "ani"), "fajar") | {"fajar": "kadis"}
    await _evaluate(acts, 2, raters, but=("budi", "citra"))
    await town.until("2026-07-15", time(11))
    span = {"began_at": datetime(2026, 7, 14, 6, tzinfo=UTC), "ended_at": datetime(2026, 7, 15, 3, tzinfo=UTC)}
    down = {name: at.isoformat() for name, at in span.items()} | {"reason": "Listrik padam di pusat data"}
    await acts.post("petugas", "registry", "/outages", down)
    await town.until("2026-07-16")
    for who in ("budi", "citra"):
        assert (await acts.evaluate("kabid_a", who, 2))["due_at"] == "2026-07-16T16:59:59Z"
    await town.until("2026-07-18", MIDNIGHT)
    await town.changes_take_effect()


async def _rater_moves(town: Town, acts: Acts) -> None:
    """The head of section A goes to the secretariat in September; the next superior leads Budi and Citra."""
    await town.until("2026-08-26")
    transfer = {"from": "2026-09-01", "reason": DECREE, "unit_id": await acts.unit("16.71.SETDA")}
    # By whom the secretary does not rate: he leads the one who is transferred from then on.
    await acts.post("eko", "registry", f"/servants/{acts.id_of('kabid_a')}/transfers", transfer)
    await town.until("2026-09-01", MIDNIGHT)
    await town.changes_take_effect()
    await town.until("2026-09-08")
    for leader, who in (("sekda", "kabid_a"), ("kadis", "budi"), ("kadis", "citra")):
        assert (await acts.agree(leader, who, "2026-09-08"))["plan_version"] == 2


async def _third(town: Town, acts: Acts) -> None:
    """The transferred rater does not evaluate the old unit; about Eko rater and superior are silent, and it lapses."""
    await _report(town, acts, "2026-10-02", 3)
    await town.until("2026-10-06")
    await acts.evaluate("kabid_a", "budi", 3, status=403)
    raters = {"ani": "kabid_b", "budi": "kadis", "citra": "kadis", "kabid_a": "sekda"}
    await _evaluate(acts, 3, raters, but=("eko",))
