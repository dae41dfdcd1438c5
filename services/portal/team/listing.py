"""The list of a team as a table for paper."""

from collections.abc import Sequence

from services.portal.duties.names import duty_name
from services.portal.listings.shown import Listing
from services.portal.standings.queries import Row
from services.portal.web.visit import Visit

_HEADS = ("name", "unit", "plan", "report", "rating", "result", "owes")
_NOTHING = "-"


def listing_of(visit: Visit, rows: Sequence[Row], *, branch: bool) -> Listing:
    """A row a person, with the NIP below the name; of a branch with the rater as well."""
    caption = visit.say("team.counted", n=len(rows))
    heads = [visit.say(f"team.head_{one}") for one in _HEADS]
    return Listing(caption, heads, [_cells(visit, one, branch=branch) for one in rows])


def _cells(visit: Visit, row: Row, *, branch: bool) -> list[str]:
    rater = visit.say("team.rated_by", name=row.rater) if branch and row.rater else ""
    return [
        "\n".join(one for one in (row.name, row.nip, rater) if one),
        row.unit,
        visit.say(f"team.plan_{row.plan_state}"),
        visit.say(f"team.report_{row.report_state}", n=row.report_period) if row.report_state else _NOTHING,
        visit.say(f"team.rating_{row.rating_state}") if row.rating_state else _NOTHING,
        visit.say(f"team.result_{row.result_state}") if row.result_state else _NOTHING,
        _owed(visit, row),
    ]


def _owed(visit: Visit, row: Row) -> str:
    if row.duty is None or row.due_at is None:
        return _NOTHING
    due = visit.say("team.due", day=visit.day(row.due_at))
    late = f"; {visit.say('team.late')}" if row.late else ""
    return f"{duty_name(visit.language, row.duty)}, {due}{late}"
