"""What becomes of obligations when who rates whom changes in an open cycle, or when somebody leaves."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.cycles import ChangedMember, MembersChanged
from contracts.obligations import MoveCause, ObligationEvents, ObligationKind
from contracts.registry.personnel import AT_WORK, COVERED, GONE, PersonnelChanged
from kit.conflicts import Offices
from obligations.closing import cancel_obligations
from obligations.events import Because
from obligations.rows import ObligationRow
from obligations.succession import Succession, pass_on
from obligations.superiors import follow_superiors, superiors
from obligations.terms import FIXED_BY_LAW, Terms, TermsIn

RIGHTS = frozenset({ObligationKind.ACKNOWLEDGE_RESULT, ObligationKind.GIVE_STATEMENT})
"""What protects the person itself: owed by the suspended and those on leave as well, until they have left for good."""
OfficesOf = Callable[[AsyncSession, UUID], Awaitable[Offices]]
"""Looks up to whom what the performance office owes about somebody goes, by the relations of a cycle."""


def successions(members: Iterable[ChangedMember], offices: Offices) -> list[Succession]:
    """Who takes over what the former rater and the former authority owed about each; the office where there is none."""
    found: list[Succession] = []
    for one in members:
        office_id = offices.acting_for(one.servant_id)
        rater, authority = one.rater_id or office_id, one.authority_id or office_id
        former = {one.former_rater_id} if one.former_rater_id is not None else set(offices.everybody)
        if one.rater_id != one.former_rater_id:
            found.extend(Succession(one.servant_id, was, rater, authority, office_id) for was in sorted(former))
        above = one.former_authority_id
        if above is not None and above not in {one.authority_id, one.rater_id, *former}:
            found.append(Succession(one.servant_id, above, authority, office_id, office_id))
    return found


async def follow(
    session: AsyncSession, events: ObligationEvents, event: MembersChanged, terms_in: TermsIn, *, office: OfficesOf
) -> list[ObligationRow]:
    """Pass on what the former raters owe, and end what is owed by those who are not covered any more.

    An objection's limits and parties stay as they are. Returns the obligations that ended.
    """
    because = Because(MoveCause.PERSONNEL, event.change_id, event.reason)
    offices = await office(session, event.cycle_id)

    def terms_of(kind: ObligationKind, phase: Phase) -> Terms:
        return terms_in(event.cycle_id, kind, phase)

    wanted = successions(event.members, offices)
    await pass_on(session, events, event.cycle_id, wanted, terms_of=terms_of, because=because, excluded=FIXED_BY_LAW)
    await follow_superiors(session, event.cycle_id, superiors(event.members))
    ended = [one.servant_id for one in event.members if one.ended_on is not None]
    if not ended:
        return []
    own = and_(
        col(ObligationRow.cycle_id) == event.cycle_id,
        col(ObligationRow.debtor_id).in_(ended),
        col(ObligationRow.about_id) == col(ObligationRow.debtor_id),
        col(ObligationRow.kind).not_in([kind.value for kind in RIGHTS]),
    )
    return await cancel_obligations(session, events, own, reason=event.reason)


async def leave(
    session: AsyncSession, events: ObligationEvents, event: PersonnelChanged, terms_in: TermsIn, *, office: OfficesOf
) -> list[ObligationRow]:
    """Whoever cannot lead any more owes nothing about others, and who has left nothing at all.

    What was owed about others goes to their new raters, else to the office. Of a change told in several events each moves
    what is owed about the people it names, the last one the rest. Returns the obligations that ended.
    """
    if event.status in AT_WORK:
        return []
    because = Because(MoveCause.PERSONNEL, event.change_id, event.reason)
    ended = [] if event.more else await cancel_obligations(session, events, _own(event), reason=event.reason)
    for cycle_id, abouts in (await _left_with(session, event.servant_id)).items():
        wanted = _heirs(event, abouts, await office(session, cycle_id))

        def terms_of(kind: ObligationKind, phase: Phase, cycle_id: UUID = cycle_id) -> Terms:
            return terms_in(cycle_id, kind, phase)

        await pass_on(session, events, cycle_id, wanted, terms_of=terms_of, because=because, fixed=FIXED_BY_LAW)
    return ended


def _heirs(event: PersonnelChanged, abouts: Sequence[UUID | None], offices: Offices) -> list[Succession]:
    raters = {one.servant_id: one for one in event.relations}
    found = []
    for about in abouts:
        known = None if about is None else raters.get(about)
        if known is None and event.more:
            continue
        office_id = offices.acting_for(about)
        rater = office_id if known is None else known.rater_id or office_id
        authority = None if known is None else known.authority_id
        found.append(Succession(about, event.servant_id, rater, authority, office_id))
    return found


def _own(event: PersonnelChanged) -> ColumnElement[bool]:
    mine = col(ObligationRow.debtor_id) == event.servant_id
    if event.status in GONE:
        return and_(mine, or_(col(ObligationRow.about_id) == event.servant_id, _asked_personally()))
    if event.status in COVERED:
        return and_(mine, _asked_personally())
    rights = [kind.value for kind in RIGHTS]
    about_self = and_(col(ObligationRow.about_id) == event.servant_id, col(ObligationRow.kind).not_in(rights))
    return and_(mine, or_(about_self, _asked_personally()))


def _asked_personally() -> ColumnElement[bool]:
    """Nobody can do it in another's place: a colleague's assessment, and a party's statement about somebody else."""
    statement = and_(
        col(ObligationRow.kind) == ObligationKind.GIVE_STATEMENT.value,
        col(ObligationRow.about_id) != col(ObligationRow.debtor_id),
    )
    return or_(col(ObligationRow.kind) == ObligationKind.ASSESS_PEER.value, statement)


async def _left_with(session: AsyncSession, person_id: UUID) -> dict[UUID, Sequence[UUID | None]]:
    """Whom the open obligations that somebody still holds are about, by cycle; not those about the person."""
    held = (
        select(col(ObligationRow.cycle_id), col(ObligationRow.about_id))
        .where(
            col(ObligationRow.debtor_id) == person_id,
            col(ObligationRow.state) == "OPEN",
            col(ObligationRow.about_id).is_distinct_from(person_id),
        )
        .distinct()
    )
    found: dict[UUID, list[UUID | None]] = {}
    for row in await session.execute(held):
        found.setdefault(row.cycle_id, []).append(row.about_id)
    return dict(found)
