"""Until when colleagues are named and answered, and how many may be: what of it the policy and the calendar decide."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.base import AssessorRole
from contracts.calendar import DayKind, LegalCalendar
from contracts.policy import Policy, Source
from contracts.policy.criteria import PeerSelection
from kit.errors import Invalid, Refused
from obligations.legal_dates import add_days, end_of_day, local_date


class NomineeState(StrEnum):
    """What became of a colleague who was named; only the rater reads it."""

    PROPOSED = "PROPOSED"
    """By the servant; the rater has not answered. Who stays so is not asked because of it."""
    APPROVED = "APPROVED"
    """Is asked when the evaluation opens."""
    DECLINED = "DECLINED"
    """Is not asked, not even by the draw."""


def nominating(policy: Policy) -> Source:
    """The rule for colleagues; raises Refused where the policy draws them or asks none."""
    source = policy.source(AssessorRole.PEER)
    if source is None or source.selection is not PeerSelection.NOMINATED:
        raise Refused(
            "this city's policy does not let people name the colleagues who assess them",
            "kebijakan kota ini tidak membuka pengusulan rekan penilai",
        )
    return source


def most(source: Source) -> int:
    """How many may be named: one at least is always drawn, so that nobody knows everybody who was asked."""
    return source.wanted - 1


def closes_at(source: Source, ends_at: datetime, calendar: LegalCalendar) -> datetime:
    """Until when the servant names colleagues: so many working days before the execution ends."""
    last = local_date(ends_at, calendar)
    return end_of_day(add_days(last, -source.nominate_until, DayKind.WORKING, calendar), calendar)


def require_few(named: Sequence[UUID], allowed: int, *, where: str) -> None:
    """Raises Invalid for somebody who is named twice, and for too many."""
    if len(set(named)) < len(named):
        raise Invalid("somebody is named twice", "ada yang disebut dua kali", where=where)
    if len(named) > allowed:
        raise Invalid(
            f"at most {allowed} colleagues: one is always drawn, so that nobody knows all of them",
            f"paling banyak {allowed} rekan: satu selalu diundi agar tidak seorang pun mengetahui semuanya",
            where=where,
        )
