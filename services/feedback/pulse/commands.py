"""One turn a person and cycle: counters grow, and nothing is kept, emitted or logged that says whose they are."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import Refused
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.pulse.models import PulseTurn
from services.feedback.pulse.rules import check_answers, is_taken


def counting(table: str) -> TextClause:
    """The statement that counts somebody's answers in a table of counters; its name is never one from outside."""
    # In the order of the questions: two who answer at once take the same counters in the same order, and none waits
    # for ever.
    return text(
        f"""
        insert into {table} as counted (tenant_id, cycle_id, unit_id, question, value, people)
        select :tenant, :cycle, :unit, one.question, one.value, 1
        from unnest(cast(:answers as smallint[])) with ordinality as one(value, question) order by one.question
        on conflict (tenant_id, cycle_id, unit_id, question, value) do update set people = counted.people + 1
        """  # noqa: S608 - a table of this service
    )


_COUNT = counting("pulse_counts")


async def answer(session: AsyncSession, cycle_id: UUID, *, answers: Sequence[int]) -> None:
    """Answer the pulse, once; an answer is not known afterwards and therefore not changed."""
    context, mine = await open_cycle(session, cycle_id), await own_membership(session, cycle_id)
    check_answers(answers, questions=len(context.policy.listening.pulse))
    if not is_taken(context.cycle.phase, closed=context.cycle.closed):
        raise Refused("the pulse is taken during execution", "survei budaya diisi selama masa pelaksanaan")
    row = {"tenant_id": mine.tenant_id, "cycle_id": cycle_id, "servant_id": mine.servant_id}
    turn = insert(PulseTurn).values(row).on_conflict_do_nothing().returning(col(PulseTurn.servant_id))
    if (await session.execute(turn)).scalar_one_or_none() is None:
        raise Refused(
            "you have answered already: nobody can find your answer to change it", "Anda sudah mengisi survei"
        )
    values = {"tenant": mine.tenant_id, "cycle": cycle_id, "unit": mine.unit_id, "answers": list(answers)}
    await session.execute(_COUNT, values)
