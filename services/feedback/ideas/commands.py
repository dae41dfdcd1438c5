"""Ideas that subordinates submit to their leader, and the answer that the leader owes (Plaju, PLJ-6)."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.ideas import IdeaAnswered, IdeaSubmitted
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.models import Member
from directory.offices import arrived, in_cycle
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.ideas.models import Idea
from services.feedback.obligations import owe
from services.feedback.relations import acting_relations
from services.feedback.texts import required


async def submit(session: AsyncSession, cycle_id: UUID, *, title: str, text: str, shared: bool = True) -> Idea:
    """Submit an idea to the own leader; the same title twice in a cycle is one idea. Shared, colleagues see it too."""
    context = await open_cycle(session, cycle_id)
    author = await _locked_author(session, await own_membership(session, cycle_id))
    if not context.policy.features.ideas:
        raise Refused("this cycle has no idea log", "siklus ini tidak memiliki catatan gagasan")
    short, long = required(title, name=("the title", "judul")), required(text, name=("the idea", "gagasan"))
    if (same := await _same(session, author, short)) is not None:
        return same
    idea = Idea(
        tenant_id=context.cycle.tenant_id,
        cycle_id=cycle_id,
        author_id=author.servant_id,
        # Nobody leads the head of the city's servants; the office then answers for the organisation.
        leader_id=author.rater_id or arrived(await in_cycle(session, cycle_id), author.servant_id),
        title=short,
        text=long,
        at=clock(session).now(),
        shared=shared,
    )
    session.add(idea)
    await _ask_leader(session, idea, superior_id=author.authority_id)
    return idea


async def _ask_leader(session: AsyncSession, idea: Idea, *, superior_id: UUID | None) -> None:
    await owe(
        session,
        ObligationKind.ANSWER_IDEA,
        cycle_id=idea.cycle_id,
        subject_id=idea.id,
        debtors=[idea.leader_id],
        about_id=idea.author_id,
        superior_id=superior_id,
    )
    event = IdeaSubmitted(
        tenant_id=idea.tenant_id,
        cycle_id=idea.cycle_id,
        servant_id=idea.author_id,
        idea_id=idea.id,
        leader_id=idea.leader_id,
        title=idea.title,
    )
    emit(session, event)


async def _locked_author(session: AsyncSession, author: Member) -> Member:
    # The author is locked, so that the same title sent twice at once is one idea.
    mine = select(Member).where(col(Member.cycle_id) == author.cycle_id, col(Member.servant_id) == author.servant_id)
    return (await session.scalars(mine.with_for_update(key_share=True))).one()


async def _same(session: AsyncSession, author: Member, title: str) -> Idea | None:
    submitted = select(Idea).where(
        col(Idea.cycle_id) == author.cycle_id, col(Idea.author_id) == author.servant_id, col(Idea.title) == title
    )
    return (await session.scalars(submitted)).first()


async def answer(session: AsyncSession, idea_id: UUID, *, text: str, adopted: bool) -> Idea:
    """The leader, or who holds the obligation after a hand-over, answers once."""
    idea = await _locked(session, idea_id)
    found = await acting_relations(
        session,
        servant_id=idea.author_id,
        rater_id=idea.leader_id,
        obligation=ObligationKind.ANSWER_IDEA,
        subject_id=idea_id,
        done_by=idea.answered_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=("answer an idea", "menjawab gagasan"))
    said = required(text, name=("the answer", "jawaban"))
    if idea.answer is not None:
        if (idea.answer, idea.adopted) == (said, adopted):
            return idea
        raise Refused("this idea was answered already", "gagasan ini sudah dijawab")
    idea.answer, idea.adopted = said, adopted
    idea.answered_by, idea.answered_at = actor(session).id, clock(session).now()
    await _close(session, idea, adopted=adopted)
    return idea


async def _close(session: AsyncSession, idea: Idea, *, adopted: bool) -> None:
    await close_obligations(session, OBLIGATIONS, ObligationKind.ANSWER_IDEA, [idea.id], tenant_id=idea.tenant_id)
    event = IdeaAnswered(
        tenant_id=idea.tenant_id,
        cycle_id=idea.cycle_id,
        servant_id=idea.author_id,
        idea_id=idea.id,
        # Who answered: after a hand-over that is not the leader to whom it was submitted.
        leader_id=actor(session).id,
        adopted=adopted,
    )
    emit(session, event)


async def _locked(session: AsyncSession, idea_id: UUID) -> Idea:
    # Of two answers at once the second sees the first, and is refused unless it says the same.
    one = select(Idea).where(col(Idea.id) == idea_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no idea {idea_id}", f"gagasan {idea_id} tidak ada")
    return found
