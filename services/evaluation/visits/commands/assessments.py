"""The independent panel's assessments: a whole unit in one call, after the visit was held and those observed could respond."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Rating, new_id
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Forbidden, Invalid, Refused
from obligations.closing import close_obligations
from obligations.rows import NewObligation, ObligationRow
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import Act, can
from services.evaluation.assessments import events
from services.evaluation.assessments.models import Assessment
from services.evaluation.assessments.rules.form import Form, check
from services.evaluation.cycles.queries.context import CycleContext, open_context
from services.evaluation.obligations import owe_all
from services.evaluation.panels.queries import independence
from services.evaluation.panels.rules import Independence
from services.evaluation.visits import events as visit_events
from services.evaluation.visits import queries
from services.evaluation.visits.commands.access import claimed, locked_all
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.states import ResponseState, VisitAct, VisitState, move


class MemberScores(NamedTuple):
    """What the panel gives one person."""

    appraisal_id: UUID
    scores: Mapping[str, Decimal]
    comment: str
    levels: Mapping[str, Rating] = {}


async def request(session: AsyncSession, context: CycleContext, visits: Sequence[Visit]) -> None:
    """The lead of each visit owes the panel's assessments, where the policy has them."""
    owing = [NewObligation(visit.id, visit.lead_id, None, None, context.office_id) for visit in visits]
    if owing and context.policy.source(AssessorRole.PANEL) is not None:
        await owe_all(session, context, ObligationKind.ASSESS_PANEL, owing)


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """The panel did not assess in time: what it gave counts, what it did not is left out."""
    visits = await locked_all(session, [row.subject_id for row in rows])
    for visit in visits:
        if visit.state == VisitState.HELD:  # the last assessment may have come while the lock was waited for
            visit_events.concluded(session, visit, assessed=False)
    await completion.compute_complete(session, await queries.open_appraisals(session, visits))


async def assess_unit(session: AsyncSession, visit_id: UUID, items: Sequence[MemberScores]) -> Visit:
    """Take the panel's assessments; when every member has one, the obligation is done and the unit's results are computed.

    Raises Refused before the report, while a response is awaited, and for results that stand already.
    """
    what = ("assess as panel", "menilai sebagai tim evaluasi")
    visit = await claimed(session, visit_id, ObligationKind.ASSESS_PANEL, what)
    # Whoever owes it instead, after a change of personnel, is no independent overseer for that.
    if actor(session).id not in visit.panel:
        raise access.forbidden(what, Relation.PANEL)
    assessed = move(visit.state, VisitAct.ASSESS)
    # Overseers are to consider what those observed say (DMI-8), so they wait for it.
    if visit.response_state == ResponseState.AWAITED:
        raise Refused(
            "the panel assesses when those observed have responded, or their time to do so is over",
            "tim menilai setelah unit yang dikunjungi menanggapi atau batas tanggapannya lewat",
        )
    context = await open_context(session, visit.cycle_id)
    if context.policy.source(AssessorRole.PANEL) is None:
        raise Refused("the policy knows no assessments by a panel", "kebijakan tidak mengenal penilaian tim evaluasi")
    # The whole unit, not only those named: the last assessment decides for everybody, and all are locked in one order.
    unit = await queries.open_appraisals(session, [visit])
    appraisals = await access.locked_all(session, {*unit, *(item.appraisal_id for item in items)})
    independent = await independence(session, visit.cycle_id, visit.panel)
    _check(context, visit, items, appraisals, independent, actor(session).id)
    for given, appraisal in await _store(session, visit, items, appraisals):
        events.submitted(session, appraisal, context.policy, given)
    await session.flush()
    # Asked of the database after the flush, not of the items: another member of the panel may have given the others.
    if not await queries.unassessed(session, visit):
        if visit.state != assessed:
            visit_events.concluded(session, visit, assessed=True)
        visit.state = assessed
        await session.flush()
        await close_obligations(
            session, OBLIGATIONS, ObligationKind.ASSESS_PANEL, [visit.id], tenant_id=visit.tenant_id
        )
        await completion.compute_complete(session, await queries.open_appraisals(session, [visit]))
    return visit


def _check(
    context: CycleContext,
    visit: Visit,
    items: Sequence[MemberScores],
    appraisals: Sequence[Appraisal],
    independent: Independence,
    member: UUID,
) -> None:
    known = {one.id: one for one in appraisals if (one.cycle_id, one.unit_id) == (visit.cycle_id, visit.unit_id)}
    for number, item in enumerate(items):
        where = f"items.{number}.appraisal_id"
        appraisal = known.get(item.appraisal_id)
        if appraisal is None:
            raise Invalid(
                "not a member of the unit that was visited", "bukan pegawai unit yang dikunjungi", where=where
            )
        if (bar := independent.of_person(member, appraisal.servant_id, visit.unit_id)) is not None:
            raise Forbidden(
                f"not independent: a member who {bar.words.en} does not assess; leave this person out",
                f"tidak independen: anggota yang {bar.words.id} tidak menilai; keluarkan pegawai ini",
                where=where,
                conflict=bar.value,
            )
        check(
            context.policy,
            AssessorRole.PANEL,
            Form(scores=dict(item.scores), levels=dict(item.levels)),
            unit_head=appraisal.is_head,
        )


async def _store(
    session: AsyncSession, visit: Visit, items: Sequence[MemberScores], appraisals: Sequence[Appraisal]
) -> list[tuple[Assessment, Appraisal]]:
    """Upsert in one statement what is new or changed; the assessment of a computed appraisal stays."""
    by_id = {one.id: one for one in appraisals}
    rows = {item.appraisal_id: _row(session, visit, item) for item in items}
    looking = select(Assessment).where(
        col(Assessment.appraisal_id).in_(rows),
        col(Assessment.role) == AssessorRole.PANEL.value,
        col(Assessment.assessor_id) == actor(session).id,
    )
    # What did not change is not written again, so that asked twice emits nothing twice.
    for before in (await session.scalars(looking)).all():
        row = rows[before.appraisal_id]
        if (before.scores, before.comment, before.levels) == (row["scores"], row["comment"], row["levels"]):
            del rows[before.appraisal_id]
    if computed := [one for one in rows if not can(by_id[one].state, Act.ASSESS)]:
        raise Refused(
            f"{len(computed)} of these appraisals are computed already: their results stand",
            f"{len(computed)} penilaian sudah ditetapkan",
            appraisal_ids=[str(one) for one in computed],
        )
    if not rows:
        return []
    # Upsert on the constraint of assessor and appraisal: a unit of hundreds is one statement, sent twice it is the same.
    storing = insert(Assessment).values(list(rows.values()))
    changes = {name: storing.excluded[name] for name in ("scores", "comment", "levels", "submitted_at")}
    stored = await session.scalars(
        storing.on_conflict_do_update(constraint="uq_assessments_assessor", set_=changes).returning(Assessment),
        execution_options={"populate_existing": True},
    )
    return [(given, by_id[given.appraisal_id]) for given in stored.all()]


def _row(session: AsyncSession, visit: Visit, item: MemberScores) -> dict[str, object]:
    return {
        "tenant_id": visit.tenant_id,
        "id": new_id(),
        "appraisal_id": item.appraisal_id,
        "assessor_id": actor(session).id,
        "role": AssessorRole.PANEL.value,
        "scores": {code: f"{value:f}" for code, value in item.scores.items()},
        "reasons": {},
        "comment": item.comment,
        "levels": dict(item.levels),
        "before_organisation": False,
        "submitted_at": clock(session).now(),
    }
