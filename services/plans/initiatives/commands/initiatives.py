"""Initiatives, innovations and ideas: written down by the servant or the rater, who is then asked to verify them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.evidence import Evidence
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from directory import queries as directory
from directory.offices import in_cycle
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid, NotFound, Refused, fault
from kit.outbox import emit
from obligations.opening import open_obligations
from obligations.rows import NewObligation
from obligations.terms import terms
from services.plans.cycles.rules import require_before_moderation
from services.plans.initiatives import events
from services.plans.initiatives.models import Initiative
from services.plans.initiatives.rules import InitiativeState
from services.plans.plans.queries.access import personal_relations

MOST_EVIDENCE = 30
"""Of one initiative, as much as one request may name."""


async def record(
    session: AsyncSession,
    *,
    cycle_id: UUID,
    servant_id: UUID,
    kind: str,
    title: str,
    description: str,
    benefit: str,
    evidence: Sequence[Evidence] = (),
) -> Initiative:
    """Write an initiative down and ask the rater to verify it; the same one again is the same one."""
    member = await directory.member(session, cycle_id, servant_id)
    found = await personal_relations(
        session,
        servant_id=servant_id,
        rater_id=member.rater_id,
        authority_id=member.authority_id,
        cycle_id=cycle_id,
    )
    require(found, Relation.SELF, Relation.RATER, what=("record an initiative", "mencatat inisiatif"))
    await _require_taken(session, cycle_id)
    if (same := await _same(session, cycle_id, servant_id, kind=kind, title=title)) is not None:
        return same
    initiative = Initiative(
        tenant_id=member.tenant_id,
        id=new_id(),
        cycle_id=cycle_id,
        servant_id=servant_id,
        rater_id=member.rater_id,
        authority_id=member.authority_id,
        kind=kind,
        title=title,
        description=description,
        benefit=benefit,
        recorded_by=actor(session).id,
        recorded_at=clock(session).now(),
        state=InitiativeState.RECORDED,
        evidence=[one.model_dump(mode="json") for one in evidence],
    )
    session.add(initiative)
    await _ask_to_verify(session, initiative)
    emit(session, events.recorded(initiative))
    return initiative


async def prove(session: AsyncSession, initiative_id: UUID, *, evidence: Sequence[Evidence]) -> Initiative:
    """Point to more proof; what is pointed to already stays, once. Raises Invalid beyond as much as one may have."""
    initiative = await locked(session, initiative_id)
    found = await personal_relations(
        session,
        servant_id=initiative.servant_id,
        rater_id=initiative.rater_id,
        authority_id=initiative.authority_id,
        cycle_id=initiative.cycle_id,
    )
    require(found, Relation.SELF, Relation.RATER, what=("prove this initiative", "menambah bukti inisiatif ini"))
    require_before_moderation((await directory.cycle(session, initiative.cycle_id)).phase)
    given = [one.model_dump(mode="json") for one in evidence]
    if not (new := [one for one in given if one not in initiative.evidence]):
        return initiative
    if len(initiative.evidence) + len(new) > MOST_EVIDENCE:
        raise Invalid(
            f"an initiative has at most {MOST_EVIDENCE} pieces of evidence: point to one document that lists them",
            f"satu inisiatif paling banyak {MOST_EVIDENCE} bukti: rujuk satu dokumen yang memuat daftarnya",
            errors=[
                fault(
                    "evidence", f"{len(initiative.evidence)} are there already", f"sudah ada {len(initiative.evidence)}"
                )
            ],
        )
    initiative.evidence = [*initiative.evidence, *new]
    emit(session, events.proved(initiative, added=len(new), added_by=actor(session).id))
    return initiative


async def locked(session: AsyncSession, initiative_id: UUID) -> Initiative:
    """The initiative, locked until the transaction ends; raises NotFound."""
    lock = select(Initiative).where(col(Initiative.id) == initiative_id).with_for_update(key_share=True)
    found = (await session.scalars(lock)).first()
    if found is None:
        raise NotFound(f"no initiative {initiative_id} in this city", f"inisiatif {initiative_id} tidak ada")
    return found


async def _require_taken(session: AsyncSession, cycle_id: UUID) -> None:
    """Raises Refused where the city takes no initiatives, or the evaluation is over."""
    cycle = await directory.cycle(session, cycle_id)
    policy = await directory.cycle_policy(session, cycle_id)
    if cycle.closed or not policy.features.initiatives:
        raise Refused("this cycle takes no initiatives", "siklus ini tidak menerima inisiatif")
    require_before_moderation(cycle.phase)


async def _same(session: AsyncSession, cycle_id: UUID, servant_id: UUID, *, kind: str, title: str) -> Initiative | None:
    # By its title, because a resent request has no other identity: what is written again with another text is the same one.
    before = select(Initiative).where(
        col(Initiative.cycle_id) == cycle_id,
        col(Initiative.servant_id) == servant_id,
        col(Initiative.kind) == kind,
        col(Initiative.title) == title,
    )
    return (await session.scalars(before)).first()


async def _ask_to_verify(session: AsyncSession, initiative: Initiative) -> None:
    office = (await in_cycle(session, initiative.cycle_id)).acting_for(initiative.servant_id)
    debtor = initiative.rater_id or office
    if debtor is None:
        raise Refused(
            "nobody may verify it: the city has no performance office",
            "tidak ada yang dapat memverifikasi: kota belum memiliki pengelola kinerja",
        )
    owed = NewObligation(initiative.id, debtor, initiative.servant_id, initiative.authority_id or office, office)
    asked = terms(
        await directory.cycle_policy(session, initiative.cycle_id),
        await directory.calendar_of(session, debtor),
        ObligationKind.VERIFY_INITIATIVE,
        phase=Phase.EXECUTION,
        cycle_id=initiative.cycle_id,
        now=clock(session).now(),
    )
    await open_obligations(session, OBLIGATIONS, asked, [owed], tenant_id=initiative.tenant_id)
