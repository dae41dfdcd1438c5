"""Reads of policy versions."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.registry.policies.models import PolicyDocument


async def page(session: AsyncSession, *, window: Window) -> Found[PolicyDocument]:
    """A page of every version of every scope: by scope, its newest version first."""
    # All columns of a key run in one direction: the negative version runs backwards beside the scope.
    newest_first = -col(PolicyDocument.version)
    return await read(session, select(PolicyDocument), col(PolicyDocument.scope), newest_first, window=window)


async def policy(session: AsyncSession, scope: str, *, version: int | None = None) -> PolicyDocument:
    """One version, or the newest; raises NotFound."""
    rows = select(PolicyDocument).where(col(PolicyDocument.scope) == scope)
    if version is not None:
        rows = rows.where(col(PolicyDocument.version) == version)
    found = (await session.scalars(rows.order_by(col(PolicyDocument.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound(f"no such policy for {scope}", f"kebijakan {scope} tidak ada")
    return found
