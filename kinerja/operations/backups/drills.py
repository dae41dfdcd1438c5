"""A restore drill: each dump restored beside the originals and proven, and the report of it kept."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kinerja.operations.backups import inventory, taking
from kinerja.operations.backups.inventory import differences
from kinerja.operations.backups.programs import Failed
from kinerja.operations.backups.reports import Drill, Restored
from kinerja.operations.backups.scratch import alone, scratch
from kinerja.operations.backups.taking import Backup, Dump, Taking, Watch, dump_of, snapshot
from kit.anchors import file_of
from kit.verifying import Verdict, judge

STEPS = 2
"""Of one restoration, as a watch hears of them."""
_SHOWN = 20
"""Faults of one service that a report tells one by one."""


@dataclass(frozen=True, slots=True)
class Drilling:
    """What a drill works with."""

    taking: Taking
    """Its directory holds the dumps: a backup, or what is made and thrown away service by service."""
    keys: Path
    """Public keys of the anchors."""
    watch: Watch

    async def restored(self, dump: Dump) -> Restored:
        """Restore one dump into a database of its own and hold it against what the backup's list says."""
        begun = middle = time.monotonic()
        faults, rows, verdict = list[str](), 0, Verdict(0, [], None, 0)
        try:
            async with scratch(self.taking.databases, dump.service) as name:
                self.watch.say(dump.service, "restoring")
                await self.taking.programs.restore(
                    self.taking.databases.uri(name), dump_of(self.taking.directory, dump.service)
                )
                middle = time.monotonic()
                self.watch.say(dump.service, "proving")
                rows, faults = await self._compared(name, dump)
                verdict = await self._judged(name, dump.service)
                faults += self._broken(verdict, dump.service)
        except Failed as error:
            faults = [f"was not restored: {error}"]
            middle = time.monotonic()
        except SQLAlchemyError as error:
            faults.append(f"the journal cannot be read: {str(error).partition(chr(10))[0]}")
        return _told(dump, faults, rows, verdict, (middle - begun, time.monotonic() - middle))

    async def _compared(self, name: str, dump: Dump) -> tuple[int, list[str]]:
        async with snapshot(self.taking.databases.uri(name)) as (connection, _):
            copy = await inventory.taken(connection)
        return copy.rows, list(differences(dump.inventory, copy))

    async def _judged(self, name: str, service: str) -> Verdict:
        signed = self.taking.directory if file_of(self.taking.directory, service).exists() else None
        return await judge(self.taking.databases.sqlalchemy_uri(name), service, directory=signed, keys=self.keys)

    def _broken(self, verdict: Verdict, service: str) -> list[str]:
        found = [
            f"journal, city {one.tenant_id}, position {one.position}, event {one.event_id or '-'}: {one.what}"
            for one in verdict.breaks
        ]
        if verdict.events and not file_of(self.taking.directory, service).exists():
            found.append(
                f"the journal has no anchors in {self.taking.anchors}: its chain alone proves little (--anchors)"
            )
        return found


def _told(dump: Dump, faults: Sequence[str], rows: int, verdict: Verdict, took: tuple[float, float]) -> Restored:
    more = [f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
    return Restored(
        service=dump.service,
        taken_at=dump.at,
        database_bytes=dump.database_bytes,
        dump_bytes=dump.bytes,
        dump_seconds=dump.seconds,
        restore_seconds=took[0],
        proof_seconds=took[1],
        tables=len(dump.inventory.tables),
        rows=rows,
        revision=dump.inventory.revision,
        events=verdict.events,
        signed_at=verdict.signed_at,
        unsigned=verdict.unsigned,
        faults=[*faults[:_SHOWN], *more],
    )


async def of_backup(drilling: Drilling, backup: Backup, server: str) -> Drill:
    """Restore and prove every dump of a backup that exists."""
    begun, at = time.monotonic(), datetime.now(UTC)
    async with alone(drilling.taking.databases):
        drilling.watch.expect(STEPS * len(backup.dumps))
        restored = [await drilling.restored(dump) for dump in backup.dumps]
    return Drill(
        at=at,
        seconds=time.monotonic() - begun,
        source=str(drilling.taking.directory.absolute()),
        server=server,
        restored=restored,
    )


async def of_now(drilling: Drilling, services: Sequence[str], server: str) -> Drill:
    """Dump, restore, prove and throw away one service after the other: the disk holds one copy at a time."""
    begun, at, restored = time.monotonic(), datetime.now(UTC), []
    async with alone(drilling.taking.databases):
        drilling.watch.expect((taking.STEPS + STEPS) * len(services))
        for service in services:
            try:
                restored.append(await drilling.restored(await drilling.taking.dump(service, drilling.watch)))
            finally:
                shutil.rmtree(drilling.taking.directory, ignore_errors=True)
    return Drill(at=at, seconds=time.monotonic() - begun, source="", server=server, restored=restored)
