"""Takes the daily log of another application in: every line or none, and each entry once."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries as directory
from kit.files.apart import ReadTable
from kit.files.uploads import require_none
from services.plans.daily_log import commands as daily_log
from services.plans.daily_log.commands import Logged
from services.plans.daily_log.rules import untimely
from services.plans.log_files import queries, rules


async def bring(session: AsyncSession, plan_id: UUID, table: ReadTable, *, late_reason: str | None) -> Logged:
    """The lines of a file as entries of one's own log; the same file a second time adds nothing.

    Raises InvalidFiles with every cell that is wrong. What is late needs a reason as what is typed does, its own or that
    of the whole file; what the log has already needs none.
    """
    log = await daily_log.opened(session, plan_id)
    results = {rules.said(statement): one for statement, one in (await queries.statements(session, plan_id)).items()}
    nip = await queries.nip_of(session, log.plan.servant_id)
    read = rules.read_entries(table.lines, table.errors, nip=nip, results=results, late_reason=late_reason)
    had = await queries.known(session, log.plan, [entry for _, entry in read])
    cycle = await directory.cycle(session, log.plan.cycle_id)
    for number, (line, entry) in enumerate(read):
        if number in had:
            continue
        if not cycle.period_start <= entry.day <= cycle.period_end:
            rules.note_outside(line, (cycle.period_start, cycle.period_end), table.errors)
        else:
            faults = list(untimely(entry, log.today, log.policy.documentation, log.policy.log.late_after))
            rules.note_untimely(line, faults, table.errors)
    require_none(table.errors)
    new = [entry for number, (_, entry) in enumerate(read) if number not in had]
    kept = await daily_log.keep(session, log, new)
    return Logged(accepted=kept.accepted, known=kept.known + len(had))
