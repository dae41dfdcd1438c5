"""Assessments: who is asked when the evaluation opens, and what each assessor gives."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Phase, new_id
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Refused
from obligations.closing import close_obligations
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import Act, can, move
from services.evaluation.assessments import events
from services.evaluation.assessments.commands import peers as nominating
from services.evaluation.assessments.models import Assessment
from services.evaluation.assessments.rules.form import Form, check, require_organisation
from services.evaluation.competences import commands as requiring
from services.evaluation.competences import queries as competences
from services.evaluation.cycles.queries.context import CycleContext, open_context, phase_row
from services.evaluation.organisations import commands as organisations
from services.evaluation.organisations.queries.achievements import comes_first
from services.evaluation.visits import queries as visits
from services.evaluation.visits.commands import assessments as panel_assessments

_WHAT = ("assess", "menilai")


async def ask_everybody(session: AsyncSession, context: CycleContext) -> None:
    """Raters, the office (for the organisations), peers and panels owe what the policy asks of them."""
    offices = await in_cycle(session, context.cycle.id)
    # Whoever has another post since the enrolment is asked what that one asks for.
    await requiring.ask(session, context.tenant_id, context.cycle.id)
    # The rater has until the window ends, whatever the ladder counts: from then on it is the superior's (L V.A.8).
    window = (await phase_row(session, context.cycle.id, Phase.EVALUATION)).due_at
    raters = obligations.of_raters(context, offices)
    await obligations.owe_all(session, context, ObligationKind.ASSESS, raters, until=window)
    await organisations.ask(session, context, offices)
    if (peers := context.policy.source(AssessorRole.PEER)) is not None:
        await nominating.nominate(session, context, wanted=peers.wanted)
        await obligations.owe_all(session, context, ObligationKind.ASSESS_PEER, obligations.of_peers(context))
    await panel_assessments.request(session, context, await visits.awaiting_panel(session, context.cycle.id))
    await completion.compute_cycle(session, context)


async def assess(session: AsyncSession, appraisal_id: UUID, form: Form) -> Assessment:
    """Take an assessment; a second one by the same assessor replaces the first until the result is computed."""
    owed = await access.claimed(session, ObligationKind.ASSESS, [appraisal_id])
    # Both obligations before the appraisal, whichever it turns out to be: the sweep locks in this order.
    await access.claimed(session, ObligationKind.ASSESS_PEER, [appraisal_id], own=True)
    appraisal = await access.locked(session, appraisal_id)
    role = await _role(session, appraisal, owes=bool(owed))
    if role is AssessorRole.SUPERIOR:
        await access.require_not_handed_over(session, ObligationKind.ASSESS, appraisal.id)
    context = await open_context(session, appraisal.cycle_id)
    asked = [one.code for one in (await competences.asked_of(session, [appraisal.id]))[appraisal.id]]
    check(context.policy, role, form, unit_head=appraisal.is_head, competences=asked)
    before = await _given(session, appraisal, role)
    mine = next((one for one in before if one.assessor_id == actor(session).id), None)
    first = await comes_first(session, appraisal) if role is AssessorRole.SUPERIOR else None
    if mine is not None and _same(mine, form) and not _mended(appraisal, mine, first):
        return mine
    _require_open(appraisal, role, mine, before)
    require_organisation(context.policy.assessing, first, cycle_id=appraisal.cycle_id)
    given = await _keep(session, appraisal, role, form, before_organisation=first is not None)
    if role is AssessorRole.SUPERIOR:
        appraisal.assessed_by = given.assessor_id
    events.submitted(session, appraisal, context.policy, given)
    await session.flush()
    await _close(session, appraisal, role)
    # A colleague's answer computes nothing by itself, or the moment of the result would be that of the last answer.
    if role is not AssessorRole.PEER:
        await completion.compute_complete(session, [appraisal.id])
    return given


async def _role(session: AsyncSession, appraisal: Appraisal, *, owes: bool) -> AssessorRole:
    """Follows from who acts: rater or debtor of the obligation, or a nominated colleague."""
    found = access.related(session, appraisal)
    if owes:
        found |= {Relation.DEBTOR}
    if access.may_rate(session, found, appraisal, await access.offices_about(session, [appraisal])):
        return AssessorRole.SUPERIOR
    if Relation.SELF not in found and await access.is_peer(session, appraisal.id):
        return AssessorRole.PEER
    raise access.forbidden(_WHAT, Relation.RATER, Relation.DEBTOR, Relation.PEER)


async def _given(session: AsyncSession, appraisal: Appraisal, role: AssessorRole) -> list[Assessment]:
    looking = select(Assessment).where(col(Assessment.appraisal_id) == appraisal.id, col(Assessment.role) == role.value)
    return list((await session.scalars(looking)).all())


def _same(mine: Assessment, form: Form) -> bool:
    before = (mine.scores, mine.reasons, mine.result_rating, mine.behaviour_rating, mine.comment, mine.levels)
    return (*before, mine.competences or {}) == (
        _texts(form),
        form.reasons,
        form.result_rating,
        form.behaviour_rating,
        form.comment,
        form.levels,
        form.competences,
    )


def _mended(appraisal: Appraisal, mine: Assessment, first: UUID | None) -> bool:
    """Given again after the achievement was set, while nothing is computed, it is marked no more."""
    return mine.before_organisation and first is None and can(appraisal.state, Act.ASSESS)


def _texts(form: Form) -> dict[str, str]:
    return {code: f"{value:f}" for code, value in form.scores.items()}


def _require_open(appraisal: Appraisal, role: AssessorRole, mine: Assessment | None, before: list[Assessment]) -> None:
    move(appraisal.state, Act.ASSESS)
    if role is AssessorRole.SUPERIOR and before and mine is None:
        raise Refused("another superior has assessed already", "atasan lain sudah menilai")


async def _keep(
    session: AsyncSession, appraisal: Appraisal, role: AssessorRole, form: Form, *, before_organisation: bool
) -> Assessment:
    row = {
        "tenant_id": appraisal.tenant_id,
        "id": new_id(),
        "appraisal_id": appraisal.id,
        "assessor_id": actor(session).id,
        "role": role.value,
        "scores": _texts(form),
        "reasons": form.reasons,
        "result_rating": form.result_rating,
        "behaviour_rating": form.behaviour_rating,
        "comment": form.comment,
        "levels": form.levels,
        "competences": form.competences or None,
        "submitted_at": clock(session).now(),
        "before_organisation": before_organisation,
    }
    changes = {
        name: row[name] for name in row if name not in ("tenant_id", "id", "appraisal_id", "assessor_id", "role")
    }
    # An upsert: two requests of the same assessor at once leave one assessment, the later one.
    keeping = (
        insert(Assessment)
        .values(row)
        .on_conflict_do_update(constraint="uq_assessments_assessor", set_=changes)
        .returning(Assessment)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(keeping)).one()


async def _close(session: AsyncSession, appraisal: Appraisal, role: AssessorRole) -> None:
    if role is AssessorRole.SUPERIOR:
        await close_obligations(
            session, OBLIGATIONS, ObligationKind.ASSESS, [appraisal.id], tenant_id=appraisal.tenant_id
        )
        return
    await close_obligations(
        session,
        OBLIGATIONS,
        ObligationKind.ASSESS_PEER,
        [appraisal.id],
        tenant_id=appraisal.tenant_id,
        debtor_id=actor(session).id,
    )
