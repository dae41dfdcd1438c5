"""What was sent to whom, and a cycle in numbers, for the performance office."""

from typing import Literal
from uuid import UUID

from fastapi import Request, Response
from pydantic import AwareDatetime, BaseModel

from contracts.base import Relation, Role
from kit import problems, web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.sheets.tables import SheetFormat, Table
from kit.sheets.writing import ANSWERS, MOST_LINES, Format, answer
from kit.web import Session
from services.notify.notices import queries
from services.notify.notices.commands import resending
from services.notify.notices.models import Delivery, Notice

Channel = Literal["INBOX", "EMAIL"]
State = Literal["PENDING", "SENT", "FAILED"]

router = web.router(tags=["performance office"])


class DeliveryResponse(BaseModel):
    """One notice on one channel."""

    id: UUID
    notice_id: UUID
    person_id: UUID
    template: str
    subject: str
    """What the notice is called; what is written in it is not told."""
    channel: Channel
    address: str
    state: State
    attempts: int
    error: str | None
    created_at: AwareDatetime
    sent_at: AwareDatetime | None


class NoticeSummaryResponse(BaseModel):
    """A cycle in numbers."""

    notices: int
    mails_sent: int
    mails_failed: int
    mails_waiting: int
    reminders: int
    escalations: int
    hand_overs: int
    open: int
    closed: int
    lapsed: int
    late: int


def _delivery(row: tuple[Delivery, Notice]) -> DeliveryResponse:
    delivery, notice = row
    about = {name: getattr(notice, name) for name in ("person_id", "template", "subject", "created_at")}
    return DeliveryResponse.model_validate(delivery.model_dump() | about)


@router.get(
    "/deliveries",
    summary="What was sent to whom, newest first",
    **permits(Relation.OFFICE, note="without letters to anonymous assessors"),
)
async def read_deliveries(
    session: Session,
    paging: Paging,
    state: State | None = None,
    channel: Channel | None = None,
    person_id: UUID | None = None,
) -> Page[DeliveryResponse]:
    require_role(session, Role.PERFORMANCE_OFFICE, what=("reading the delivery log", "membaca log pengiriman"))
    found = await queries.deliveries(session, state=state, channel=channel, person_id=person_id, window=paging)
    return page_of(found, _delivery)


_LOG = {
    "en": ("Written at", "Name", "Notice", "Channel", "Address", "State", "Attempts", "Sent at", "Error"),
    "id": ("Ditulis", "Nama", "Pemberitahuan", "Saluran", "Alamat", "Status", "Percobaan", "Terkirim", "Galat"),
}


@router.get(
    "/deliveries/download",
    summary="What was sent to whom, as a file (office)",
    response_class=Response,
    responses=ANSWERS,
    **permits(Relation.OFFICE, note="without letters to anonymous assessors"),
)
async def download_deliveries(
    request: Request,
    session: Session,
    state: State | None = None,
    channel: Channel | None = None,
    kind: Format = SheetFormat.CSV,
) -> Response:
    require_role(session, Role.PERFORMANCE_OFFICE, what=("download the delivery log", "mengunduh log pengiriman"))
    lines = await queries.delivery_lines(session, state=state, channel=channel, most=MOST_LINES + 1)
    return await answer(Table("deliveries", _LOG[problems.language(request)], lines), kind)


@router.post(
    "/deliveries/{delivery_id}/resend",
    summary="Send a mail once more, to the address of today",
    **permits(Relation.OFFICE, alike="what was written is sent again, and decides nothing"),
)
async def resend_delivery(delivery_id: UUID, session: Session) -> DeliveryResponse:
    return _delivery(await resending.resend(session, delivery_id))


@router.get(
    "/cycles/{cycle_id}/summary",
    summary="Notices and obligations of a cycle, in numbers",
    **permits(Relation.OFFICE, Relation.LEADER, Relation.OPERATIONS),
)
async def read_summary(cycle_id: UUID, session: Session) -> NoticeSummaryResponse:
    counting = (Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, Role.OPERATIONS)
    require_role(session, *counting, what=("reading a cycle's numbers", "membaca angka siklus"))
    return NoticeSummaryResponse.model_validate(await queries.summary(session, cycle_id))
