"""Recognitions: proposed by the policy, decided by the appointing authority, or the office where the city has declared none."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evidence import Evidence
from contracts.feedback.development import RecognitionDecided, RecognitionDocumented
from directory.offices import require_decision, require_office, require_some_office
from kit.db import actor, clock
from kit.errors import Invalid, NotFound, Refused
from kit.outbox import emit
from services.feedback.development.models import Recognition
from services.feedback.development.rules.states import RecognitionState, decided
from services.feedback.texts import REASON, required

_DOCUMENT = ("add the document of a recognition", "menambahkan dokumen penghargaan")
_WHAT = ("decide on a recognition", "memutus penghargaan")


async def decide(
    session: AsyncSession, recognition_id: UUID, *, approved: bool, reason: str, document: Evidence | None = None
) -> Recognition:
    """Approve or decline with a reason, once; never with a conflict of interest. A document belongs to what is approved."""
    await require_some_office(session, what=_WHAT)
    proposed = await _locked(session, recognition_id)
    await require_decision(session, proposed.servant_id, cycle_id=proposed.cycle_id, what=_WHAT)
    why = required(reason, name=REASON)
    wanted = RecognitionState.APPROVED if approved else RecognitionState.DECLINED
    paper = _paper(document, approved=approved)
    if (proposed.state, proposed.reason, proposed.document) == (wanted, why, paper):
        return proposed
    proposed.state, proposed.reason = decided(proposed.state, approved=approved), why
    proposed.decided_by, proposed.decided_at, proposed.document = actor(session).id, clock(session).now(), paper
    event = RecognitionDecided(
        tenant_id=proposed.tenant_id,
        cycle_id=proposed.cycle_id,
        servant_id=proposed.servant_id,
        recognition_id=proposed.id,
        approved=approved,
        reason=why,
        kind=proposed.kind,
        document=document,
    )
    emit(session, event, reason=why)
    return proposed


def _paper(document: Evidence | None, *, approved: bool) -> dict[str, Any] | None:
    if document is None:
        return None
    if not approved:
        raise Invalid("a document belongs to what is approved", "dokumen hanya untuk penghargaan yang disetujui")
    return document.model_dump(mode="json")


async def add_document(session: AsyncSession, recognition_id: UUID, *, document: Evidence) -> Recognition:
    """The decree or certificate of what was approved, which is often signed later; once, and never of oneself."""
    await require_some_office(session, what=_DOCUMENT)
    approved = await _locked(session, recognition_id)
    await require_office(session, approved.servant_id, cycle_id=approved.cycle_id, what=_DOCUMENT)
    paper = document.model_dump(mode="json")
    if approved.document == paper:
        return approved
    if approved.state != RecognitionState.APPROVED or approved.document is not None:
        raise Refused(
            "a document is added once, to a recognition that is approved",
            "dokumen ditambahkan satu kali pada penghargaan yang disetujui",
        )
    approved.document = paper
    event = RecognitionDocumented(
        tenant_id=approved.tenant_id,
        cycle_id=approved.cycle_id,
        servant_id=approved.servant_id,
        recognition_id=approved.id,
        kind=approved.kind,
        document=document,
    )
    emit(session, event)
    return approved


async def _locked(session: AsyncSession, recognition_id: UUID) -> Recognition:
    # Locked: a newer version of the result supersedes it before the decision or after, never between check and write.
    one = select(Recognition).where(col(Recognition.id) == recognition_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no recognition {recognition_id}", f"penghargaan {recognition_id} tidak ada")
    return found
