"""Reads of policy versions."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
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


async def in_force(session: AsyncSession, *, window: Window) -> Found[PolicyDocument]:
    """A page of the newest version of each scope."""
    newer = aliased(PolicyDocument)
    same_scope = (col(newer.tenant_id) == col(PolicyDocument.tenant_id)) & (
        col(newer.scope) == col(PolicyDocument.scope)
    )
    is_newest = ~exists().where(same_scope, col(newer.version) > col(PolicyDocument.version))
    return await read(session, select(PolicyDocument).where(is_newest), col(PolicyDocument.scope), window=window)


async def policy(session: AsyncSession, scope: str, *, version: int | None = None) -> PolicyDocument:
    """One version, or the newest; raises NotFound."""
    rows = select(PolicyDocument).where(col(PolicyDocument.scope) == scope)
    if version is not None:
        rows = rows.where(col(PolicyDocument.version) == version)
    found = (await session.scalars(rows.order_by(col(PolicyDocument.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound(f"no such policy for {scope}", f"kebijakan {scope} tidak ada")
    return found
