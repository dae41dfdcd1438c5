"""Entries as they come from the form or from the phone's queue, and what is wrong with them before anybody is asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from contracts.policy.daily_log import LogRule, in_time_until
from contracts.policy.follow_up import Documentation
from services.portal.cycles.queries import OwnCycle
from services.portal.web.forms import Form
from services.portal.web.visit import Visit

SHORTEST = 3
LONGEST = 2_000
DAY_MINUTES = 24 * 60
MOST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of work on one day; ``id`` is the phone's own, by which its queue knows what was taken."""

    id: str
    day: date
    body: Mapping[str, Any]
    """As the plans' API takes it."""


def of_form(visit: Visit, form: Form, today: date) -> Entry | None:
    """From a form that was sent without the script; its errors are in the form."""
    day = _day(visit, form, today)
    text = form.text("text")
    if not SHORTEST <= len(text) <= LONGEST:
        form.errors["text"] = visit.say("diary.text_wrong", least=SHORTEST, most=LONGEST)
    minutes = form.text("minutes")
    if not minutes.isdecimal() or not 1 <= int(minutes) <= DAY_MINUTES:
        form.errors["minutes"] = visit.say("diary.minutes_wrong")
    if form.errors or day is None:
        return None
    more = {name: form.text(name) for name in ("work_result_id", "late_reason") if form.text(name)}
    return Entry("", day, {"day": day.isoformat(), "text": text, "minutes": int(minutes), **more})


def _day(visit: Visit, form: Form, today: date) -> date | None:
    chosen = form.text("when")
    if chosen in ("", "today"):
        return today
    if chosen == "yesterday":
        return today - timedelta(days=1)
    try:
        return _written(form.text("other_day"))
    except ValueError:
        form.errors["other_day"] = visit.say("diary.day_wrong")
        return None


def _written(typed: str) -> date:
    """``2026-01-05`` as browsers send it, or ``5/1/2026`` as people type it; raises ValueError."""
    if "-" in typed and len(typed.partition("-")[0]) == len("2026"):
        return date.fromisoformat(typed)
    return datetime.strptime(typed.replace("-", "/").replace(".", "/"), "%d/%m/%Y").date()  # noqa: DTZ007 - a day


def of_queue(visit: Visit, sent: str, today: date, cycles: Sequence[OwnCycle] = ()) -> list[Entry]:
    """From the phone: a JSON list; what cannot be read at all is left out, for the phone to keep. Raises ValueError.

    The policy of the cycle that a day is in says until when it is entered without a reason.
    """
    found = json.loads(sent)
    if not isinstance(found, list) or len(found) > MOST:
        raise ValueError(f"a list of at most {MOST} entries")
    return [entry for one in found if isinstance(one, dict) and (entry := _queued(visit, one, today, cycles))]


def _queued(visit: Visit, one: Mapping[str, Any], today: date, cycles: Sequence[OwnCycle]) -> Entry | None:
    try:
        day, identity = date.fromisoformat(str(one["day"])), str(one["id"])[:100]
    except (KeyError, ValueError):
        return None
    fields = ("text", "minutes", "work_result_id", "late_reason")
    body = {"day": day.isoformat()} | {name: one[name] for name in fields if one.get(name)}
    if "late_reason" not in body and (written := _in_time(one, _limit(day, cycles), today)):
        body["late_reason"] = visit.say("diary.written_on_phone", day=written.isoformat())
    return Entry(identity, day, body)


def _limit(day: date, cycles: Sequence[OwnCycle]) -> date:
    policy = next((one.policy for one in cycles if day in one), {})
    documentation = Documentation(policy.get("documentation") or Documentation.DAILY)
    return in_time_until(day, documentation, LogRule.model_validate(policy.get("log") or {}))


def _in_time(one: Mapping[str, Any], limit: date, today: date) -> date | None:
    """When it was written, if that was in time and the sending is late: nobody but the missing signal is the reason."""
    try:
        written = date.fromisoformat(str(one.get("written")))
    except ValueError:
        return None
    return written if written <= limit < today else None
