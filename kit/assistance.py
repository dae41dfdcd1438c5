"""Acting for somebody without a computer: an assistant's request names the person, and both are recorded.

The header says for whom; a route takes it only if it says so (``permits(..., assisted=True)``), every other refuses.
"""

from typing import Protocol
from uuid import UUID

from fastapi import Request
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.access import Declaration
from kit.actor import Actor
from kit.errors import Forbidden, Invalid

HEADER = "On-Behalf-Of"


class Assistance(Protocol):
    """Knows who assists whom today, and records what was entered; services that have none of it take no such request."""

    async def stand_in(self, session: AsyncSession, assistant: Actor, servant_id: UUID, *, writes: bool) -> Actor:
        """The person for whom the assistant acts, with no role of either; raises Forbidden for whom is not assisted."""
        ...

    async def record(self, session: AsyncSession, acting: Actor, act: str) -> None:
        """Record in the transaction of a write who entered what for whom."""
        ...


def on_behalf_of(request: Request, declared: Declaration) -> UUID | None:
    """For whom the request is made, if for somebody else; raises Invalid for no id, Forbidden where the route takes none."""
    named = request.headers.get(HEADER)
    if named is None:
        return None
    if not declared.get("assisted") or request.app.state.assistance is None:
        raise Forbidden(
            "nobody does this for somebody else: leave the header On-Behalf-Of out and do it yourself",
            "ini tidak dapat dilakukan untuk orang lain: hapus header On-Behalf-Of dan lakukan sendiri",
        )
    try:
        return UUID(named)
    except ValueError as error:
        raise Invalid(
            "On-Behalf-Of: send the id of the civil servant for whom you enter",
            "On-Behalf-Of: kirim id pegawai yang Anda bantu",
        ) from error
