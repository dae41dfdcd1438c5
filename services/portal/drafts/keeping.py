"""Drafts kept, found and thrown away; each the writer's own, whoever asks."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.fernet import InvalidToken
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from services.portal.sessions.crypt import Crypt

_KEEP = text("""
insert into drafts as d (tenant_id, servant_id, form, subject, body, version, saved_at)
values (:tenant, :servant, :form, :subject, :body, 1, :now)
on conflict (tenant_id, servant_id, form, subject)
    do update set body = excluded.body, version = d.version + 1, saved_at = excluded.saved_at
""")
_FIND = text("""
select d.form, d.subject, d.body, d.saved_at from drafts d
join unnest(cast(:forms as text[]), cast(:subjects as text[])) as wanted (form, subject) using (form, subject)
where d.servant_id = :servant order by d.saved_at
""")
_THROW_AWAY = text("delete from drafts where servant_id = :servant and form = :form and subject = :subject")

Values = Mapping[str, Sequence[str]]
"""Every field with its values: one, or those that were ticked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was saved."""

    values: Values
    saved_at: datetime
    form: str
    subject: str


async def keep(session: AsyncSession, crypt: Crypt, form: str, subject: str, values: Values) -> datetime:
    """Save it, over what was there; returns when."""
    now = datetime.now(UTC)
    body = crypt.seal({name: list(some) for name, some in values.items()})
    await session.execute(_KEEP, _named(session, form, subject) | {"body": body, "now": now})
    return now


async def find(session: AsyncSession, crypt: Crypt, form: str, subject: str) -> Kept | None:
    """What the person wrote last; None where nothing is kept, or with a key that nobody has any more."""
    return next(iter(await find_each(session, crypt, [(form, subject)])), None)


async def find_each(session: AsyncSession, crypt: Crypt, drafts: Sequence[tuple[str, str]]) -> list[Kept]:
    """The same of several (form, subject), as far as they are kept; the newest last."""
    forms, subjects = [form for form, _ in drafts], [subject for _, subject in drafts]
    wanted = {"servant": actor(session).id, "forms": forms, "subjects": subjects}
    found = []
    for row in await session.execute(_FIND, wanted):
        with suppress(InvalidToken):
            found.append(Kept(crypt.open(row.body), row.saved_at, row.form, row.subject))
    return found


async def throw_away(session: AsyncSession, form: str, subject: str) -> None:
    """The act has been done: the draft goes with it."""
    named = _named(session, form, subject)
    await session.execute(_THROW_AWAY, {name: named[name] for name in ("servant", "form", "subject")})


def _named(session: AsyncSession, form: str, subject: str) -> dict[str, object]:
    acting = actor(session)
    return {"tenant": acting.tenant_id, "servant": acting.id, "form": form, "subject": subject}
