"""What is missing here: something that will arrive, or something that a person has named and nobody knows."""

from sqlmodel.ext.asyncio.session import AsyncSession

from kit import db
from kit.errors import KinerjaError, NotFound, NotReady


def missing(session: AsyncSession, en: str, indonesian: str) -> KinerjaError:
    """NotReady for the system, which heard of the thing from its owner and waits for it; NotFound for a person.

    A person may name anything: "ask again soon" would be a promise that nobody keeps.
    """
    return (NotReady if db.actor(session).is_system else NotFound)(en, indonesian)
