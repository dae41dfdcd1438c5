"""What a visit's date, report and response must be like, and when the story of a visit has something to do."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from contracts.base import Frozen
from contracts.calendar import DayKind, LegalCalendar
from contracts.evaluation.visits import Stance
from contracts.policy.visits import ChecklistItem, ItemKind, VisitRule
from kit.errors import Invalid
from obligations.legal_dates import add_days, end_of_day, is_working_day, start_of_day

Answers = Mapping[str, bool | str]
Finding = dict[str, str | int]
"""``number``, ``what`` was seen and ``how`` to go on."""


class Response(StrEnum):
    """Where the response of those observed stands."""

    AWAITED = "AWAITED"
    ANSWERED = "ANSWERED"
    SILENT = "SILENT"


class Reply(Frozen):
    """What those observed say to one finding."""

    number: int
    stance: Stance
    text: str = ""
    action: str | None = None
    """What they will do about it."""


class Around(NamedTuple):
    """The instants around a visit's date."""

    announced_at: datetime
    missed_at: datetime


def check_date(visit_on: date, *, today: date, until: date, calendar: LegalCalendar) -> None:
    """Raises Invalid unless the day lies in the window and is worked in the unit."""
    if not today <= visit_on <= until:
        raise Invalid(
            f"a visit takes place from today until {until}, when it is due",
            f"kunjungan dilaksanakan mulai hari ini sampai batasnya {until}",
            where="visit_on",
        )
    if not is_working_day(visit_on, calendar):
        raise Invalid(
            f"{visit_on} is no working day of this unit: choose another",
            f"{visit_on} bukan hari kerja unit ini: pilih hari lain",
            where="visit_on",
        )


def around(visit_on: date, rule: VisitRule, calendar: LegalCalendar) -> Around:
    """When a date is announced, and when it counts as missed."""
    near = add_days(visit_on, -rule.announce_days, DayKind.WORKING, calendar)
    over = add_days(visit_on, rule.report_days, DayKind.WORKING, calendar)
    return Around(start_of_day(near, calendar), end_of_day(over, calendar))


def check_checklist(rule: VisitRule, answers: Answers) -> None:
    """Raises Invalid, naming every item that is missing, unknown or answered in another way than it asks for."""
    items = {one.code: one for one in rule.checklist}
    wrong = [
        {"where": f"checklist.{code}", "detail": f"an answer is missing ({_asked(one)})"}
        for code, one in items.items()
        if one.required and code not in answers
    ]
    for code, answer in answers.items():
        if (item := items.get(code)) is None:
            known = ", ".join(items) or "nothing"
            wrong.append({"where": f"checklist.{code}", "detail": f"no item of the checklist, which asks for {known}"})
        elif not _fits(item, answer):
            wrong.append({"where": f"checklist.{code}", "detail": f"answer with {_asked(item)}"})
    if wrong:
        raise Invalid("the checklist is not answered as it asks", "daftar periksa belum terisi benar", errors=wrong)


def _fits(item: ChecklistItem, answer: bool | str) -> bool:  # noqa: FBT001 - the answer itself is a yes or no
    if item.kind is ItemKind.YES_NO:
        return isinstance(answer, bool)
    return isinstance(answer, str) and bool(answer.strip())


def _asked(item: ChecklistItem) -> str:
    return "true or false" if item.kind is ItemKind.YES_NO else "a text"


def numbered(findings: Sequence[Mapping[str, str]]) -> list[Finding]:
    """Findings as they are kept: counted from 1 in the order of the report."""
    return [{"number": number, **one} for number, one in enumerate(findings, 1)]


def check_replies(findings: Sequence[Finding], replies: Sequence[Reply], comment: str) -> None:
    """Raises Invalid unless each reply is about one finding of the report, and an explanation explains."""
    numbers, given = {one["number"] for one in findings}, [one.number for one in replies]
    wrong = []
    for index, reply in enumerate(replies):
        if reply.number not in numbers:
            detail = f"the report has no finding {reply.number}: it has {len(findings)}"
            wrong.append({"where": f"items.{index}.number", "detail": detail})
        elif given.index(reply.number) != index:
            wrong.append({"where": f"items.{index}.number", "detail": "one reply to each finding"})
        if reply.stance is Stance.EXPLAIN and not reply.text.strip():
            wrong.append({"where": f"items.{index}.text", "detail": "say how you see it"})
    if not replies and not comment.strip():
        wrong.append({"where": "comment", "detail": "reply to a finding, or say something about the whole visit"})
    if wrong:
        raise Invalid("the response does not fit the report", "tanggapan tidak sesuai laporan", errors=wrong)
