"""Stores what people read: notices with their deliveries, in one statement for any number of them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event


class Letter(NamedTuple):
    """What is sent, in one language; many people may be sent the same."""

    template: str
    language: str
    params: str
    """As JSON."""
    subject: str
    body: str


class Addressed(NamedTuple):
    """Who gets which letter, about what, and by which e-mail address beside the inbox."""

    person_id: UUID
    letter: Letter
    about_id: UUID | None
    mail: str | None


class Stored(NamedTuple):
    """A notice that is new."""

    id: UUID
    person_id: UUID
    template: str


# The inbox has it at once; the mailer takes what is to be mailed. A letter travels once, however many get it.
_STORE = text(
    """
    with written as (
        insert into notices (tenant_id, id, person_id, cycle_id, event_id, about_type, about_id, template, params,
            language, subject, body, created_at)
        select :tenant, uuidv7(), n.person_id, :cycle, :event, :about_type, n.about_id, l.template, l.params,
            l.language, l.subject, l.body, :now
        from unnest(cast(:people as uuid[]), cast(:abouts as uuid[]), cast(:letters as int[]))
                with ordinality as n(person_id, about_id, letter, place)
            join jsonb_to_recordset(cast(:texts as jsonb)) as l(number int, template text, language text, params jsonb,
                subject text, body text) on l.number = n.letter
        order by n.place
        on conflict do nothing
        returning id, person_id, template
    ),
    delivered as (
        insert into deliveries (tenant_id, id, notice_id, channel, address, state, attempts, next_at, sent_at)
        select :tenant, uuidv7(), w.id, c.channel, c.address, c.state, c.attempts, now(), c.sent_at
        from written w
            left join unnest(cast(:mailed as uuid[]), cast(:mailed_as as text[]), cast(:mails as text[]))
                as m(person_id, template, address) using (person_id, template)
            cross join lateral (values ('INBOX', w.person_id::text, 'SENT', 1, cast(:now as timestamptz)),
                ('EMAIL', m.address, 'PENDING', 0, null)) as c(channel, address, state, attempts, sent_at)
        where c.address is not null
    )
    select id, person_id, template from written where template = any(:receipts)
    """
)


async def store(
    session: AsyncSession,
    event: Event,
    addressed: Sequence[Addressed],
    *,
    cause: UUID,
    cycle_id: UUID | None,
    now: datetime,
    receipts: set[str],
) -> list[Stored]:
    """Store what is new; returns the new notices of those templates whose delivery is itself emitted."""
    letters = {one.letter: number for number, one in enumerate(addressed)}
    mails = {(one.person_id, one.letter.template): one.mail for one in addressed if one.mail is not None}
    values = {
        "tenant": event.tenant_id,
        "cycle": cycle_id,
        "event": cause,
        "about_type": event.ce_type(),
        "now": now,
        "people": [one.person_id for one in addressed],
        "abouts": [one.about_id for one in addressed],
        "letters": [letters[one.letter] for one in addressed],
        "texts": _texts(letters),
        "mailed": [person_id for person_id, _ in mails],
        "mailed_as": [template for _, template in mails],
        "mails": list(mails.values()),
        "receipts": list(receipts),
    }
    return [Stored(*row) for row in await session.execute(_STORE, values)]


def _texts(letters: dict[Letter, int]) -> str:
    return json.dumps(
        [
            {"number": number, **letter._asdict(), "params": json.loads(letter.params)}
            for letter, number in letters.items()
        ]
    )
