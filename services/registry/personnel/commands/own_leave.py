"""A rater who goes on leave hands his or her people to a colleague for that time, and takes them back."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import ActingKind, ChangeKind
from kit.db import actor
from kit.errors import Forbidden, Invalid, Refused
from services.registry.calendars.queries import today
from services.registry.lock import lock_city
from services.registry.personnel.commands.changes import record_own
from services.registry.personnel.commands.effects import apply
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import changes, lines
from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.personnel.rules.states import Act, ChangeState, move
from services.registry.servants.rules.ranks import may_rate

LONGEST_DAYS = 92
"""The longest leave that ends by itself is the long leave of three months (PP 11/2017 art. 316); else the office records it."""
_WHAT = ("hand over one's own people", "mengalihkan pegawai yang dipimpin")


@dataclass(frozen=True, slots=True)
class Leave:
    """To whom, from when to when (both days included), and why."""

    colleague_id: UUID
    since: date
    until: date
    reason: str


async def hand_over_own(session: AsyncSession, leave: Leave) -> PersonnelChange:
    """Let a colleague rate the actor's people for that time; what is owed about them goes with them and comes back.

    Raises Forbidden for who rates nobody; Invalid for a time that has begun, or is longer than ``LONGEST_DAYS``;
    Refused for a colleague who ranks too low to rate or is not at work.
    """
    who = actor(session)
    await lock_city(session)
    if not await lines.led_by(session, who.id):
        raise Forbidden(f"{_WHAT[0]}: you rate nobody", f"{_WHAT[1]}: Anda tidak menilai siapa pun")
    _check(leave, today(session))
    colleague = await lines.servant(session, leave.colleague_id)
    if not may_rate(colleague.position_kind, is_head=colleague.is_head):
        raise Refused(
            f"{colleague.name} ranks below pejabat pengawas and may not rate: ask the performance office for a delegation",
            f"{colleague.name} di bawah pejabat pengawas: minta pendelegasian kepada pengelola kinerja",
        )
    effect = Effect(acting_id=leave.colleague_id, acting=ActingKind.PLH)
    return await record_own(session, Wanted(who.id, ChangeKind.ACTING, leave.since, effect, leave.reason, leave.until))


async def take_back_own(session: AsyncSession, change_id: UUID, *, reason: str) -> PersonnelChange:
    """Come back sooner: what is planned never begins, what has begun ends today. Raises Forbidden for somebody else's."""
    await lock_city(session)
    change = await changes.change(session, change_id)
    if change.servant_id != actor(session).id or change.recorded_by != actor(session).id:
        raise Forbidden("only who handed over takes back", "hanya yang mengalihkan yang dapat menarik kembali")
    follower = select(PersonnelChange).where(
        col(PersonnelChange.follows) == change.id, col(PersonnelChange.state) == ChangeState.PLANNED.value
    )
    ending = (await session.scalars(follower)).first()
    if change.state == ChangeState.PLANNED:
        for one in (change, ending):
            if one is not None:
                one.state, one.note = move(one.state, Act.CANCEL).value, reason
    elif ending is not None:
        ending.effective_on, ending.reason = today(session), reason
        await session.flush()
        await apply(session, ending)
    return change


def _check(leave: Leave, day: date) -> None:
    if leave.since < day:
        raise Invalid("hand over from today or later", "alihkan mulai hari ini atau sesudahnya", where="from")
    if leave.until < leave.since:
        raise Invalid("it would end before it begins", "berakhir sebelum dimulai", where="until")
    if leave.until - leave.since >= timedelta(days=LONGEST_DAYS):
        raise Invalid(
            f"at most {LONGEST_DAYS} days: a longer absence is recorded by the performance office",
            f"paling lama {LONGEST_DAYS} hari: cuti yang lebih lama dicatat pengelola kinerja",
            where="until",
        )
