"""Reads of policy versions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from services.registry.policies.models import PolicyDocument


async def policies(session: AsyncSession) -> Sequence[PolicyDocument]:
    """Every version of every scope, newest first."""
    rows = select(PolicyDocument).order_by(col(PolicyDocument.scope), col(PolicyDocument.version).desc())
    return (await session.scalars(rows)).all()


async def policy(session: AsyncSession, scope: str, *, version: int | None = None) -> PolicyDocument:
    """One version, or the newest; raises NotFound."""
    rows = select(PolicyDocument).where(col(PolicyDocument.scope) == scope)
    if version is not None:
        rows = rows.where(col(PolicyDocument.version) == version)
    found = (await session.scalars(rows.order_by(col(PolicyDocument.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound(f"no such policy for {scope}", f"kebijakan {scope} tidak ada")
    return found
