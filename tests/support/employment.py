"""The standing of people where there are none: applications of the kit's tests have no table of people."""

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.actor import Actor


class AsTheTokenSays:
    """Believes the token."""

    opening = ""

    async def judge(self, session: AsyncSession, actor: Actor, *, writes: bool) -> Actor:
        return actor
