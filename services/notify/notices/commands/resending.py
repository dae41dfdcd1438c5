"""The office has a mail sent once more: the server refused it, or the address was wrong."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.notify.nudges import DeliveryResent
from directory.models import Person
from kit.access import require_role
from kit.errors import NotFound, Refused
from kit.outbox import emit
from services.notify.notices.models import Delivery, Notice
from services.notify.notices.rules.ladders import UNLISTED

_WHAT = ("sending a mail again", "mengirim ulang surel")


async def resend(session: AsyncSession, delivery_id: UUID) -> tuple[Delivery, Notice]:
    """Let the mailer take it again, to the person's address of today; what waits already goes on waiting.

    Raises NotFound for an unknown delivery and for letters to anonymous assessors, Refused for the inbox and for who has
    no address.
    """
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    looking = select(Delivery, Notice).join(Notice, same).where(col(Delivery.id) == delivery_id)
    found = (
        await session.execute(looking.where(col(Notice.template).not_in(UNLISTED)).with_for_update(of=Delivery))
    ).first()
    if found is None:
        raise NotFound(f"no delivery {delivery_id} in this city", f"pengiriman {delivery_id} tidak ada di kota ini")
    delivery, notice = found
    if delivery.channel != "EMAIL":
        raise Refused("the inbox has it already", "sudah ada di kotak masuk")
    address = await _address(session, notice.person_id)
    if delivery.state == "PENDING" and delivery.address == address:
        return delivery, notice
    delivery.state, delivery.address, delivery.attempts = "PENDING", address, 0
    # On the wall, as the mailer looks for it: mail servers do not follow a scaled clock.
    delivery.next_at, delivery.error, delivery.sent_at = datetime.now(UTC), None, None
    tenant_id, person_id = delivery.tenant_id, notice.person_id
    emit(
        session,
        DeliveryResent(tenant_id=tenant_id, delivery_id=delivery.id, notice_id=notice.id, person_id=person_id),
    )
    return delivery, notice


async def _address(session: AsyncSession, person_id: UUID) -> str:
    looking = select(col(Person.email)).where(col(Person.id) == person_id, col(Person.active))
    if not (address := (await session.scalars(looking)).first()):
        raise Refused(
            "this person has no e-mail address: the notice lies in the inbox; record an address first",
            "pegawai ini tidak memiliki alamat surel: pemberitahuan ada di kotak masuk; catat alamatnya dahulu",
        )
    return address
