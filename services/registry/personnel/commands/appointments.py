"""Records that somebody was appointed as candidate civil servant (CPNS) or civil servant (PNS): one person, one history."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import Invalid
from services.registry.numbers.commands import refuse_taken
from services.registry.numbers.rules import require_number
from services.registry.personnel.commands.changes import RECORD, record_change
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries.offices import require_some_office
from services.registry.personnel.rules.effects import Wanted
from services.registry.servants.models import Servant
from services.registry.servants.queries import servant as servant_of
from services.registry.servants.rules.positions import PNS_GRADES, EmploymentType


async def appoint(session: AsyncSession, servant_id: UUID, wanted: Wanted) -> PersonnelChange:
    """Record it from its day on; a PPPK needs the number of a civil servant, whoever is one keeps the number.

    Raises Forbidden, NotFound, Invalid, or Refused where the number is somebody else's.
    """
    await require_some_office(session, what=RECORD)
    _judge(await servant_of(session, servant_id), wanted)
    if wanted.effect.nip is not None:
        await refuse_taken(session, wanted.effect.nip, servant_id)
    return await record_change(session, wanted)


def _judge(person: Servant, wanted: Wanted) -> None:
    effect, contract = wanted.effect, person.employment_type == EmploymentType.PPPK
    if contract and effect.nip in (None, person.nip):
        raise Invalid(
            "a PPPK who is appointed gets the number of a civil servant: name it",
            "PPPK yang diangkat mendapat NIP baru: isi nomornya",
            where="nip",
        )
    if not contract and effect.nip not in (None, person.nip):
        raise Invalid(
            "a civil servant keeps the number on appointment: correct a wrong one instead",
            "NIP tidak berganti saat pengangkatan: nomor yang keliru diperbaiki lewat koreksi NIP",
            where="nip",
        )
    if effect.nip is not None:
        require_number(effect.nip, EmploymentType.PNS)
    if effect.grade is not None and effect.grade not in PNS_GRADES:
        raise Invalid(f"'{effect.grade}' is no grade of a PNS", f"'{effect.grade}' bukan golongan PNS", where="grade")
    if contract and effect.grade is None:
        raise Invalid("a PPPK who is appointed gets a grade of a PNS", "isi golongan PNS, contoh III/a", where="grade")
