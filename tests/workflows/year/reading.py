"""What a diary says in the words of the tables: days as people read them, people by name."""

from datetime import datetime, timedelta

from contracts.evaluation.cycles import PhaseClosed, PhaseOpened
from contracts.evaluation.interventions import PhaseExtended
from contracts.evaluation.periods import PeriodEvaluated
from contracts.evaluation.results import ResultFinalised, ResultIssued, ResultReceived
from contracts.feedback.objections import ObjectionDecided, ObjectionEscalated, ObjectionFiled
from contracts.obligations import ObligationsMoved, ObligationsStepped
from contracts.registry.calendars import CalendarPublished, OutageRecorded
from tests.workflows.year.diary import Diary
from tests.workflows.year.place import WIB

_NIGHT = timedelta(hours=1)
"""What happens when a limit ends happens just after 23:59:59: it still belongs to that day. Nobody acts at midnight."""
Row = tuple[str, ...]


def day(at: datetime) -> str:
    """The date in the town."""
    return at.astimezone(WIB).date().isoformat()


def second(at: datetime) -> str:
    """Date and time in the town."""
    return f"{at.astimezone(WIB):%Y-%m-%d %H:%M:%S}"


def limit(at: datetime) -> str:
    """The date on which a limit ends: always with the last second of a day."""
    assert second(at).endswith("23:59:59"), f"{at} is no end of a day"
    return day(at)


def days_off(diary: Diary, first: str, last: str) -> set[str]:
    """On which days the registry says that nobody works."""
    (told,) = diary.all(CalendarPublished)
    return {str(one) for one in told.calendar.holidays if first <= str(one) <= last}


def phases(diary: Diary) -> dict[str, tuple[datetime, str, datetime]]:
    """When each opened, was due then, and ended."""
    opened = {event.phase: (event.opened_at, limit(event.due_at)) for event in diary.all(PhaseOpened)}
    ended = {event.phase: at for at, event in diary.told if isinstance(event, PhaseClosed)}
    return {str(phase): (*found, ended[phase]) for phase, found in opened.items()}


def extensions(diary: Diary) -> list[Row]:
    """Which phase, from when to when, by whom and why."""
    return [
        (one.phase, limit(one.former_due_at), limit(one.due_at), diary.name(one.extended_by), one.reason)
        for one in diary.all(PhaseExtended)
    ]


def outages(diary: Diary) -> list[Row]:
    """From when to when, recorded by whom, and why."""
    told = diary.all(OutageRecorded)
    return [(second(one.began_at), second(one.ended_at), diary.name(one.recorded_by), one.reason) for one in told]


def obligations(diary: Diary) -> dict[Row, set[str]]:
    """Kind, the day it was opened and the day it was due then: about whom."""
    found: dict[Row, set[str]] = {}
    for one in diary.owed.values():
        found.setdefault((one.kind, day(one.opened_at), limit(one.due_at)), set()).add(diary.name(one.about_id))
    return found


def moves(diary: Diary) -> set[Row]:
    """Why, kind, about whom, the day it was due, the day it is, who owes it now."""
    told = [(event.cause, one) for event in diary.all(ObligationsMoved) for one in event.items]
    return {
        (why, one.kind, diary.name(one.about_id), limit(one.was_due_at), limit(one.due_at), diary.name(one.debtor_id))
        for why, one in told
    }


def steps(diary: Diary) -> list[Row]:
    """The day, kind, about whom, the step and who was told."""
    told = [(at, event) for at, event in diary.told if isinstance(event, ObligationsStepped)]
    return [
        (day(at - _NIGHT), one.kind, diary.name(one.about_id), one.step, diary.name(one.told_id))
        for at, event in told
        for one in event.items
    ]


def lapsed(diary: Diary) -> set[Row]:
    """What nobody did, about whom."""
    return {(one.kind, diary.name(diary.owed[one.id].about_id)) for one in diary.ended.values() if one.lapsed}


def late(diary: Diary) -> set[Row]:
    """What was done after its day, about whom."""
    done = [one for one in diary.ended.values() if one.late and not one.lapsed and not one.cancelled]
    return {(one.kind, diary.name(diary.owed[one.id].about_id)) for one in done}


def evaluations(diary: Diary) -> dict[str, dict[int, str]]:
    """Who evaluated each period of each person."""
    found: dict[str, dict[int, str]] = {}
    for one in diary.all(PeriodEvaluated):
        found.setdefault(diary.name(one.servant_id), {})[one.period] = diary.name(one.evaluated_by)
    return found


def results(diary: Diary) -> dict[tuple[str, int], tuple[str | None, ...]]:
    """Of each version: signed by, signed, received, last day for an objection, final, predicate."""
    received = {one.result_id: one for one in diary.all(ResultReceived)}
    final = {one.result_id: day(one.finalised_at) for one in diary.all(ResultFinalised)}
    found: dict[tuple[str, int], tuple[str | None, ...]] = {}
    for one in diary.all(ResultIssued):
        receipt = received.get(one.result_id)
        on = None if receipt is None else day(receipt.received_at - _NIGHT)
        until = None if receipt is None or receipt.object_until is None else limit(receipt.object_until)
        signed = (diary.name(one.issued_by), day(one.issued_at), on, until, final.get(one.result_id), one.predicate)
        found[diary.name(one.servant_id), one.version] = signed
    return found


def objections(diary: Diary) -> dict[str, tuple[str | None, ...]]:
    """Filed, statements due, decision due, escalated, decided, outcome."""
    escalated = {one.objection_id: at for at, one in diary.told if isinstance(one, ObjectionEscalated)}
    decided = {one.objection_id: (at, one) for at, one in diary.told if isinstance(one, ObjectionDecided)}
    found: dict[str, tuple[str | None, ...]] = {}
    for one in diary.all(ObjectionFiled):
        late_at, (on, made) = escalated.get(one.objection_id), decided[one.objection_id]
        told = None if late_at is None else day(late_at - _NIGHT)
        limits = (day(one.filed_at), limit(one.statements_by), limit(one.decide_by))
        found[diary.name(one.servant_id)] = (*limits, told, day(on), made.decision.outcome)
    return found
