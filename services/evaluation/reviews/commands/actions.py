"""What a review decided: kept with who does it and until when, marked with a word, and told again when the next cycle opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.evaluation.reviews import ReviewActionMarked, ReviewActionsLeft
from directory.models import Person
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Invalid
from kit.outbox import emit
from services.evaluation.cycles.models import Cycle
from services.evaluation.reviews.models import ReviewAction
from services.evaluation.reviews.queries import former_actions, locked_action
from services.evaluation.reviews.rules import ActionState


@dataclass(frozen=True, slots=True)
class Decided:
    """One action as the office decides it."""

    what: str
    responsible_id: UUID
    until: date


async def require_known(session: AsyncSession, decided: Sequence[Decided]) -> None:
    """Raises Invalid unless everybody who is made responsible is a civil servant of this city."""
    people = {one.responsible_id for one in decided}
    named = col(Person.id) == any_(literal(list(people), ARRAY(PG_UUID(as_uuid=True))))
    known = select(func.count()).select_from(Person).where(named)
    if (await session.execute(known)).scalar_one() < len(people):
        raise Invalid(
            "somebody who is made responsible is no civil servant of this city",
            "ada penanggung jawab yang bukan pegawai kota ini",
            where="actions",
        )


def rows(cycle: Cycle, decided: Sequence[Decided]) -> list[ReviewAction]:
    """The rows of what was decided, in order."""
    return [
        ReviewAction(
            tenant_id=cycle.tenant_id,
            id=new_id(),
            cycle_id=cycle.id,
            number=number,
            what=one.what,
            responsible_id=one.responsible_id,
            until=one.until,
        )
        for number, one in enumerate(decided, start=1)
    ]


async def mark(session: AsyncSession, action_id: UUID, *, done: bool, word: str) -> ReviewAction:
    """Say whether it is done, with a word; the office, or whoever is responsible. What was said last counts."""
    found = await locked_action(session, action_id)
    acting = actor(session)
    if acting.id != found.responsible_id:
        what = ("follow an action up", "menindaklanjuti tindakan evaluasi")
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    state = ActionState.DONE if done else ActionState.OPEN
    if (found.state, found.word) == (state.value, word):
        return found
    found.state, found.word = state.value, word
    found.marked_by, found.marked_at = acting.id, clock(session).now()
    event = ReviewActionMarked(
        tenant_id=found.tenant_id,
        action_id=found.id,
        cycle_id=found.cycle_id,
        done=done,
        word=word,
        marked_by=acting.id,
    )
    emit(session, event)
    return found


async def remind(session: AsyncSession, opened: Cycle) -> None:
    """A cycle opens: the office is told how much of what was decided before is still open."""
    left = sum(one.state == ActionState.OPEN for one in await former_actions(session, opened))
    if left:
        emit(session, ReviewActionsLeft(tenant_id=opened.tenant_id, cycle_id=opened.id, left=left))
