"""Who acts, as the service's own tables know it: what every service gives its HTTP door."""

from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.actor import Actor


class Employment(Protocol):
    """Looks a token's person up among the city's people; what the token says of roles and employment is old news."""

    opening: str
    """The statement that opens the transaction (``$1`` the city, ``$2`` the person) and reads the person with it, so that
    looking up costs no question of its own. What it found is ``kit.db.situation(session).opened``."""

    async def judge(self, session: AsyncSession, actor: Actor, *, writes: bool) -> Actor:
        """The actor with the roles that count now; raises Forbidden for who may not write (any more, or not yet)."""
        ...
