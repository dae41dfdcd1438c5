"""What happened about one person, for those whom it concerns: whose journal it is, and what of it they are not told."""

import json
from uuid import UUID

from sqlalchemy import Select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, Relation, Role
from kit.db import actor
from kit.errors import Forbidden
from kit.journal import Journal

EVERYTHING = (Role.AUDITOR, Role.PERFORMANCE_OFFICE)
"""They read what is withheld from the parties as well, and the journal of what is no person."""
PEOPLE = "directory_people"
THINGS = frozenset(
    {
        "case_id",
        "change_id",
        "clarification_id",
        "cycle_id",
        "declaration_id",
        "development_id",
        "idea_id",
        "improvement_id",
        "initiative_id",
        "appraisal_id",
        "objection_id",
        "plan_id",
        "report_id",
        "request_id",
        "result_id",
    }
)
"""Of an event's contents a reader gets the ids of things alone, by which lines belong together; never those of people."""


async def require_party(session: AsyncSession, subject: UUID, people: str = PEOPLE) -> bool:
    """Raises Forbidden unless the subject is oneself or somebody whom one leads today; whether all is told.

    Auditors and the office read everything. ``people`` is the service's table of them.
    """
    acting = actor(session)
    if any(acting.has(role) for role in EVERYTHING):
        return True
    asked = {"tenant": acting.tenant_id, "subject": subject, "who": acting.id}
    if acting.id != subject and (await session.execute(text(_LEADS.format(people=people)), asked)).first() is None:
        raise Forbidden(
            "what happened about somebody is for that person, those above, the performance office and auditors",
            "riwayat seorang pegawai hanya untuk pegawai itu, atasannya, pengelola kinerja, dan auditor",
            allowed=[Relation.SELF.value, Relation.RATER.value, Relation.AUTHORITY.value],
        )
    return False


_LEADS = (
    "select 1 from {people} where tenant_id = :tenant and id = :subject and (rater_id = :who or authority_id = :who)"
)


def told(*, withheld: bool) -> list[str]:
    """The types of events that may be read: internal ones tell who owes what about whom, and are nobody's.

    With ``withheld`` also those that the parties are not told.
    """
    return [name for name, kind in Event.known.items() if not kind.internal and (withheld or not kind.withheld)]


def of_subject(looking: Select[Journal], subject: UUID, about: UUID | None) -> Select[Journal]:
    """The lines of one subject; of those, which name one thing, e.g. an objection."""
    looking = looking.where(col(Journal.subject) == str(subject))
    # The subject's few rows come by their index; only among them is the text looked through.
    return looking if about is None else looking.where(col(Journal.body).contains(f'"{about}"', autoescape=True))


def things(row: Journal) -> dict[str, str]:
    """The ids of the things that the event is about."""
    body = json.loads(row.body)
    return {name: str(body[name]) for name in sorted(THINGS & body.keys()) if body[name] is not None}
