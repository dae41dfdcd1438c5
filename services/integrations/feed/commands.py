"""What enters the feed: each published event once, in the order in which it is heard, linked to the one before."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.public.envelope import FIRST, Link, cloud_event, linked
from contracts.public.language import PUBLISHED, Language
from kit.db import actor, clock
from kit.inbox import first_times
from kit.kafka import Heard

CONSUMER = "integrations"

# The head's row is the lock of the city: whoever holds it alone gives positions, and commits them before anybody else
# does, so that a reader who has seen a position has seen all below it.
_LOCK = text(
    """
    insert into feed_heads (tenant_id, position, hash) values (:city, 0, :first)
    on conflict (tenant_id) do update set position = feed_heads.position returning position, hash
    """
)
_ADD = text(
    """
    with added as (
        insert into feed (tenant_id, position, event_id, type, subject, person_id, time, entered_at, digest, hash, body,
                          traceparent)
        select :city, position, event_id, type, subject, person_id, time, :now, digest, hash, body, traceparent
        from unnest(cast(:positions as bigint[]), cast(:ids as uuid[]), cast(:types as text[]), cast(:subjects as text[]),
            cast(:persons as uuid[]), cast(:times as timestamptz[]), cast(:digests as text[]), cast(:hashes as text[]),
            cast(:bodies as text[]), cast(:traces as text[]))
            as told (position, event_id, type, subject, person_id, time, digest, hash, body, traceparent)
        returning position, hash
    )
    update feed_heads set (position, hash) = (select position, hash from added order by position desc limit 1)
    where tenant_id = :city
    """
)
_COLUMNS = ("positions", "ids", "types", "subjects", "persons", "times", "digests", "hashes", "bodies", "traces")


class Publishing:
    """Puts what is heard into the feed; ``url`` is where its readers find the schemas."""

    def __init__(self, url: str, language: Language = PUBLISHED) -> None:
        self._url = url
        self._language = language

    async def publish(self, session: AsyncSession, heard: Sequence[Heard]) -> int:
        """Add what is published of these events of one city, and was not added before; returns how much that is."""
        city = actor(session).tenant_id
        head = (await session.execute(_LOCK, {"city": city, "first": FIRST})).one()
        new = await first_times(session, CONSUMER, [one.event_id for one in heard])
        rows = list(self._rows([one for one in heard if one.event_id in new], session, head))
        if rows:
            columns = dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
            await session.execute(_ADD, columns | {"city": city, "now": clock(session).now()})
        return len(rows)

    def _rows(self, heard: Sequence[Heard], session: AsyncSession, head: Any) -> Iterator[tuple[Any, ...]]:
        today = clock(session).now().date()
        position, before = head.position, head.hash
        for one in _each_once(heard):
            for place, (kind, fact) in enumerate(self._language.told(one.event, today)):
                position += 1
                made = cloud_event(
                    kind,
                    fact,
                    one.event,
                    cause=one.event_id,
                    place=place,
                    time=one.time,
                    position=position,
                    url=self._url,
                )
                link = linked(made, before, position)
                before = link.hash
                yield _columns(link, made, one)


def _each_once(heard: Sequence[Heard]) -> Iterator[Heard]:
    """A relay that was interrupted sends an event twice, perhaps into one batch."""
    seen = set[UUID]()
    for one in heard:
        if one.event_id not in seen:
            seen.add(one.event_id)
            yield one


def _columns(link: Link, made: dict[str, Any], one: Heard) -> tuple[Any, ...]:
    person = UUID(made["person"]) if "person" in made else None
    return (
        link.position, link.id, made["type"], made["subject"], person, one.time, link.digest, link.hash, link.text,
        one.traceparent,
    )  # fmt: skip
