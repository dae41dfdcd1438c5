"""Signing results: many in one call, each with its own outcome."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.models import Person
from directory.relations import Relation
from kit.conflicts import Offices
from kit.db import actor
from kit.errors import Refused
from obligations.closing import close_obligations
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import SIGNED, Act, AppraisalState, can, move
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext, open_context
from services.evaluation.results import events
from services.evaluation.results.models import Result
from services.evaluation.results.queries.results import newest_ids


class SigningOutcome(StrEnum):
    """What became of one appraisal in the call."""

    ISSUED = "ISSUED"
    ALREADY_ISSUED = "ALREADY_ISSUED"
    NOT_PROVISIONAL = "NOT_PROVISIONAL"
    CLARIFICATION_OPEN = "CLARIFICATION_OPEN"
    NOT_ALLOWED = "NOT_ALLOWED"
    NOT_FOUND = "NOT_FOUND"


class Signed(NamedTuple):
    """One appraisal of the call with its outcome."""

    appraisal_id: UUID
    outcome: SigningOutcome
    result_id: UUID | None


_WHAT = ("issue results", "menetapkan hasil")


async def request_signatures(session: AsyncSession, context: CycleContext) -> None:
    """Disclosure begins: every provisional result is to be signed."""
    offices = await in_cycle(session, context.cycle.id)
    source = obligations.of_signers(context, offices).where(col(Appraisal.state) == AppraisalState.PROVISIONAL.value)
    await obligations.owe_all(session, context, ObligationKind.ISSUE_RESULT, source)


async def issue(
    session: AsyncSession, cycle_id: UUID, appraisal_ids: Sequence[UUID], *, note: str | None = None
) -> list[Signed]:
    """Sign what can be signed; raises Forbidden if the actor may sign none, Refused if nothing could be signed."""
    context = await open_context(session, cycle_id)
    # Obligations before appraisals, as the sweep locks them; who is second finds what the first one signed.
    mine = await access.claimed(session, ObligationKind.ISSUE_RESULT, appraisal_ids)
    found = {one.id: one for one in await access.locked_all(session, set(appraisal_ids)) if one.cycle_id == cycle_id}
    offices = await access.offices_about(session, list(found.values()))
    outcomes = {
        one: _outcome(session, found.get(one), offices, owed=one in mine) for one in dict.fromkeys(appraisal_ids)
    }
    if set(outcomes.values()) == {SigningOutcome.NOT_ALLOWED}:
        raise access.forbidden(_WHAT, Relation.RATER, Relation.DEBTOR)
    signing = [found[one] for one, outcome in outcomes.items() if outcome is SigningOutcome.ISSUED]
    await _sign(session, context, signing, note)
    results = await newest_ids(session, [one for one, outcome in outcomes.items() if outcome in _DONE])
    signed = [Signed(one, outcome, results.get(one)) for one, outcome in outcomes.items()]
    if not _DONE & set(outcomes.values()):
        raise _nothing(signed)
    return signed


_DONE = frozenset({SigningOutcome.ISSUED, SigningOutcome.ALREADY_ISSUED})


def _nothing(signed: Sequence[Signed]) -> Refused:
    items = [{"appraisal_id": str(one.appraisal_id), "outcome": one.outcome.value} for one in signed]
    return Refused(
        f"nothing could be issued: {', '.join(sorted({one.outcome.value for one in signed}))}",
        "tidak ada hasil yang dapat ditetapkan",
        items=items,
    )


def _outcome(session: AsyncSession, appraisal: Appraisal | None, offices: Offices, *, owed: bool) -> SigningOutcome:
    if appraisal is None:
        return SigningOutcome.NOT_FOUND
    # Whoever evaluated may sign, as if it were owed: the rater's superior after a hand-over.
    owed = owed or appraisal.assessed_by == actor(session).id
    found = access.related(session, appraisal) | ({Relation.DEBTOR} if owed else set())
    if not access.may_rate(session, found, appraisal, offices):
        return SigningOutcome.NOT_ALLOWED
    if appraisal.state in SIGNED:
        return SigningOutcome.ALREADY_ISSUED
    if not can(appraisal.state, Act.ISSUE):
        return SigningOutcome.NOT_PROVISIONAL
    # A question that came in time holds the signature up until it is answered.
    return SigningOutcome.CLARIFICATION_OPEN if appraisal.clarification_open else SigningOutcome.ISSUED


async def _sign(
    session: AsyncSession, context: CycleContext, appraisals: Sequence[Appraisal], note: str | None
) -> None:
    if not appraisals:
        return
    heads = await _regional_heads(session, appraisals)
    rows = [_first_version(session, context, one, heads) | {"issue_note": note} for one in appraisals]
    # One insert for all: a rater signs a whole unit in one call.
    results = (await session.scalars(insert(Result).values(rows).returning(Result))).all()
    for appraisal in appraisals:
        appraisal.state = move(appraisal.state, Act.ISSUE)
    await session.flush()
    for result in results:
        events.issued(session, result)
    ids = [one.id for one in appraisals]
    await close_obligations(session, OBLIGATIONS, ObligationKind.ISSUE_RESULT, ids, tenant_id=context.tenant_id)
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=Phase.DISCLOSURE)


async def _regional_heads(session: AsyncSession, appraisals: Sequence[Appraisal]) -> frozenset[UUID | None]:
    """Of the raters and authorities those who are no civil servants: a number is known of everybody else."""
    people = {one.rater_id for one in appraisals} | {one.authority_id for one in appraisals}
    looking = select(col(Person.id)).where(col(Person.id).in_([one for one in people if one]), col(Person.nip) == "")
    return frozenset((await session.scalars(looking)).all())


def _first_version(
    session: AsyncSession, context: CycleContext, appraisal: Appraisal, heads: frozenset[UUID | None]
) -> dict[str, Any]:
    """Signed by another than the rater, it is final: the rater was silent (L V.A.8).

    So is that of an official whom the regional head evaluates, and of the head of an agency, whose rater has nobody but
    the regional head above (L IV.A.12).
    """
    # assessed_by, not only the actor: a rater who signs what the superior evaluated does not make it his or her own.
    signers = {actor(session).id, appraisal.assessed_by or actor(session).id}
    above = appraisal.authority_id
    of_the_head = appraisal.rater_id in heads or (appraisal.is_head and (above is None or above in heads))
    by_superior = appraisal.rater_id is not None and signers != {appraisal.rater_id}
    return _columns(context, appraisal) | {
        "version": 1,
        "issued_by": actor(session).id,
        "by_superior": by_superior,
        "by_objection": False,
        "final_without_objection": by_superior or of_the_head,
    }


def _columns(context: CycleContext, appraisal: Appraisal) -> dict[str, Any]:
    """What the first version takes over from the appraisal as it stands."""
    names = ("result_rating", "behaviour_rating", "predicate", "local_score", "local_band")
    documents = {"criteria": appraisal.criteria or {}, "trace": appraisal.trace or []}
    return {
        "tenant_id": appraisal.tenant_id,
        "id": new_id(),
        "appraisal_id": appraisal.id,
        "cycle_id": appraisal.cycle_id,
        "servant_id": appraisal.servant_id,
        "rater_id": appraisal.rater_id or appraisal.assessed_by or context.office_id,
        "authority_id": appraisal.authority_id,
        **{name: getattr(appraisal, name) for name in names},
        **documents,
        "strengths": appraisal.strengths or [],
        "areas": appraisal.areas or [],
        "competences": appraisal.competences,
        "issued_at": context.now,
    }
