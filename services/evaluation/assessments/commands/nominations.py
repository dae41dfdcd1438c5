"""Colleagues are named by the servant and answered by the rater, before the evaluation opens; who is silent lets draw."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.assessments import PeersNominated, PeersSettled
from contracts.policy import Source
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Invalid, NotReady, Refused, fault
from kit.outbox import emit
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Nominee
from services.evaluation.assessments.rules import nomination
from services.evaluation.assessments.rules.nomination import NomineeState
from services.evaluation.cycles.queries.context import (
    CycleContext,
    obligations_are_open,
    open_context,
    phase_row,
)

_NAME = ("name colleagues who assess me", "mengusulkan rekan penilai")
_ANSWER = ("answer which colleagues assess", "menyetujui rekan penilai")
# Who could not be drawn cannot be named either: nobody who rates the person or is rated by him or her, and only who
# takes part in the cycle and is at work.
_FIT = text(
    """
    select peer.servant_id
    from appraisals peer join appraisals one on one.tenant_id = peer.tenant_id and one.cycle_id = peer.cycle_id
        join directory_people p on p.tenant_id = peer.tenant_id and p.id = peer.servant_id
    where peer.tenant_id = :tenant and one.id = :appraisal and peer.servant_id = any(cast(:named as uuid[]))
        and peer.id <> one.id and p.status = 'ACTIVE'
        and peer.servant_id is distinct from one.rater_id and peer.servant_id is distinct from one.authority_id
        and peer.rater_id is distinct from one.servant_id
    """
)


class Answer(NamedTuple):
    """What the rater says to the colleagues whom the servant named."""

    approved: Sequence[UUID]
    """Of those named."""
    instead: Sequence[UUID]
    """Others, in the place of those who are not approved."""
    reason: str | None


async def name(session: AsyncSession, appraisal_id: UUID, colleagues: Sequence[UUID]) -> None:
    """Name these colleagues in the place of those named before; nobody is named by an empty list.

    Raises Forbidden for anybody but the person, and Refused once the time is over or the rater has answered.
    """
    appraisal = await access.locked(session, appraisal_id)
    if Relation.SELF not in access.related(session, appraisal):
        raise access.forbidden(_NAME, Relation.SELF)
    context, source = await _open(session, appraisal)
    await _require_in_time(session, context, source)
    nomination.require_few(colleagues, nomination.most(source), where="colleagues")
    if any(one.state != NomineeState.PROPOSED for one in await _named(session, appraisal)):
        raise Refused("your rater has answered already", "pejabat penilai sudah menjawab usulan ini")
    await _require_fit(session, appraisal, colleagues, where="colleagues")
    await session.execute(delete(Nominee).where(col(Nominee.appraisal_id) == appraisal.id))
    await _keep(session, appraisal, colleagues, NomineeState.PROPOSED)
    if colleagues and appraisal.rater_id is not None:
        emit(session, PeersNominated(**_about(appraisal), rater_id=appraisal.rater_id))


async def answer(session: AsyncSession, appraisal_id: UUID, said: Answer) -> None:
    """Approve or replace whom the servant named; until the evaluation opens a later answer takes the place of this one."""
    appraisal = await access.locked(session, appraisal_id)
    if Relation.RATER not in access.related(session, appraisal):
        raise access.forbidden(_ANSWER, Relation.RATER)
    _, source = await _open(session, appraisal)
    named = [one.colleague_id for one in await _named(session, appraisal) if one.by_servant]
    _check(said, named, nomination.most(source))
    await _require_fit(session, appraisal, said.instead, where="instead")
    await session.execute(delete(Nominee).where(col(Nominee.appraisal_id) == appraisal.id))
    declined = [one for one in named if one not in said.approved]
    await _keep(session, appraisal, said.approved, NomineeState.APPROVED)
    await _keep(session, appraisal, declined, NomineeState.DECLINED, reason=said.reason)
    await _keep(session, appraisal, said.instead, NomineeState.APPROVED, by_servant=False, reason=said.reason)
    emit(session, PeersSettled(**_about(appraisal)), reason=said.reason)


def _check(said: Answer, named: Sequence[UUID], allowed: int) -> None:
    if not named:
        raise Refused("the servant has named nobody: colleagues are drawn", "pegawai belum mengusulkan: rekan diundi")
    nomination.require_few([*said.approved, *said.instead], allowed, where="instead")
    if unknown := [one for one in said.approved if one not in named]:
        raise Invalid(f"{unknown[0]} was not named", f"{unknown[0]} tidak diusulkan", where="approved")
    if known := [one for one in said.instead if one in named]:
        raise Invalid(f"{known[0]} was named: approve him or her", f"{known[0]} diusulkan: setujui", where="instead")
    if set(said.approved) != set(named) and not said.reason:
        raise Invalid(
            "say why somebody whom the servant named is not to assess",
            "beri alasan mengapa rekan yang diusulkan tidak disetujui",
            where="reason",
        )


async def _open(session: AsyncSession, appraisal: Appraisal) -> tuple[CycleContext, Source]:
    """Raises Refused where nobody is named, or the evaluation has opened and everybody who is asked has been."""
    context = await open_context(session, appraisal.cycle_id)
    source = nomination.nominating(context.policy)
    if await obligations_are_open(session, appraisal.cycle_id, Phase.EVALUATION):
        raise Refused("the evaluation has opened: colleagues have been asked", "penilaian dibuka: rekan sudah diminta")
    return context, source


async def window(session: AsyncSession, context: CycleContext, source: Source) -> datetime | None:
    """Until when the servant names colleagues; None before the execution has begun."""
    execution = await phase_row(session, context.cycle.id, Phase.EXECUTION)
    if execution.opened_at is None or execution.due_at is None:
        return None
    return nomination.closes_at(source, execution.due_at, context.calendar)


async def _require_in_time(session: AsyncSession, context: CycleContext, source: Source) -> None:
    until = await window(session, context, source)
    if until is None:
        raise NotReady(
            "colleagues are named once the execution has begun", "rekan diusulkan setelah pelaksanaan dimulai"
        )
    if context.now > until:
        raise Refused(
            f"colleagues could be named until {until:%Y-%m-%d}: they are drawn now",
            f"rekan dapat diusulkan sampai {until:%Y-%m-%d}: sekarang diundi",
        )


async def _named(session: AsyncSession, appraisal: Appraisal) -> Sequence[Nominee]:
    looking = select(Nominee).where(col(Nominee.appraisal_id) == appraisal.id)
    return (await session.scalars(looking.execution_options(populate_existing=True))).all()


async def _require_fit(session: AsyncSession, appraisal: Appraisal, named: Sequence[UUID], *, where: str) -> None:
    values = {"tenant": appraisal.tenant_id, "appraisal": appraisal.id, "named": list(named)}
    fit = set((await session.scalars(_FIT, values)).all())
    wrong = [
        fault(
            f"{where}.{place}", "no colleague who may assess this person", "bukan rekan yang dapat menilai pegawai ini"
        )
        for place, one in enumerate(named)
        if one not in fit
    ]
    if wrong:
        raise Invalid(
            "only colleagues in the cycle who neither rate the person nor are rated by him or her",
            "hanya rekan dalam siklus ini yang bukan atasan atau bawahan pegawai tersebut",
            errors=wrong,
        )


async def _keep(
    session: AsyncSession,
    appraisal: Appraisal,
    colleagues: Sequence[UUID],
    state: NomineeState,
    *,
    by_servant: bool = True,
    reason: str | None = None,
) -> None:
    if not colleagues:
        return
    shared = {"tenant_id": appraisal.tenant_id, "appraisal_id": appraisal.id, "state": state.value}
    shared |= {
        "by_servant": by_servant,
        "reason": reason,
        "said_at": clock(session).now(),
        "said_by": actor(session).id,
    }
    await session.execute(insert(Nominee).values([shared | {"colleague_id": one} for one in colleagues]))


def _about(appraisal: Appraisal) -> dict[str, Any]:
    names = ("tenant_id", "cycle_id", "servant_id")
    return {"appraisal_id": appraisal.id, **{name: getattr(appraisal, name) for name in names}}
