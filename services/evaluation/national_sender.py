"""Carries rows of batches to the gateways of the cities beside the doors of the worker, and writes down what is answered.

Rows are claimed in a transaction of their own that pushes their next attempt beyond a lease, so none is open while a
gateway takes its time, several workers share the work, and what a crash interrupts is carried again: the gateway is asked
what it has before anything is sent, because the answer that says so may be the one that was lost.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from contracts.evaluation.exports import RejectionCode, SettledBy
from kit.db import Database
from kit.settings import Settings
from services.evaluation.gateway import Gateway, Quiet, Unanswered
from services.evaluation.gateways import GatewayAccess, UnreadableGateways, gateways
from services.evaluation.national.commands.sending import Carried, claim
from services.evaluation.national.commands.settling import Outcome, confirmed, later, rejected, settle
from services.evaluation.national.rules.answers import Meaning, Said, id_of, meaning
from services.evaluation.national.rules.forms import matching, of_its_period
from services.evaluation.national.rules.retries import FIRST, LONGEST, wait_after

log = structlog.get_logger()
WITHDRAWN = "hasil tidak berlaku lagi setelah paket dibuat; tidak dikirim"
HOLDS_ANOTHER = "aplikasi nasional sudah memiliki hasil lain untuk bulan-bulan itu (id {number}); tidak dikirim"
PERSON_UNKNOWN = "NIP {nip} tidak dikenal di aplikasi nasional"
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast rows are carried, in seconds where nothing else is said."""

    places: int = 4
    """Rows at once to one gateway."""
    chunk: int = 20
    """Rows of one claim: written down, and told of, together."""
    answer: float = 30.0
    """For one answer of the gateway."""
    lease: float = 600.0
    """Longer than a chunk may take: whoever is not done by then has lost the rest of it."""
    lost: float = 60.0
    """After an answer that was lost: longer than the gateway itself works on a row, or it would not be listed yet."""
    first: float = FIRST
    longest: float = LONGEST
    """Between two attempts."""
    idle: float = 1.0
    look: float = 30.0
    """Between two looks into the file of gateways."""

    @property
    def within(self) -> float:
        """How long a chunk is worked on."""
        return self.lease * 0.8

    def wait_after(self, attempts: int) -> float:
        """Until the next attempt."""
        return wait_after(attempts, first=self.first, longest=self.longest)


@dataclass
class Carrier:
    """Carries the rows of one city to its gateway."""

    city: str
    database: Database
    gateway: Gateway
    pace: Pace = field(default_factory=Pace)
    _quiet_until: float = 0.0

    async def run(self) -> None:
        """For ever; a lost database is waited for."""
        while True:
            try:
                carried = await self.carry_some() if self._quiet() <= 0 else 0
            except (SQLAlchemyError, OSError) as error:
                log.warning("sending to the national application waits", tenant=self.city, error=type(error).__name__)
                carried = 0
            if not carried:
                await asyncio.sleep(self.pace.idle)

    async def carry_some(self) -> int:
        """One claim: returns how many rows were taken."""
        async with self.database.transaction(self.city) as session:
            taken = await claim(session, self.pace.chunk, lease=timedelta(seconds=self.pace.lease))
        if taken:
            outcomes = await self._carried(taken)
            async with self.database.transaction(self.city) as session:
                await settle(session, outcomes, by=SettledBy.GATEWAY)
        return len(taken)

    def _quiet(self) -> float:
        return self._quiet_until - asyncio.get_running_loop().time()

    async def _carried(self, taken: Sequence[Carried]) -> list[Outcome]:
        places = asyncio.Semaphore(self.pace.places)
        until = asyncio.get_running_loop().time() + self.pace.within

        async def one(row: Carried) -> Outcome:
            async with places:
                try:
                    async with asyncio.timeout_at(until):
                        return await self._one(row)
                except TimeoutError:
                    return self._later(row, "no answer before the lease was over", self.pace.lost)

        return list(await asyncio.gather(*map(one, taken)))

    async def _one(self, row: Carried) -> Outcome:
        if (quiet := self._quiet()) > 0:
            return later(row.id, "the gateway asked for quiet", quiet)
        try:
            return await self._brought(row)
        except Quiet as error:
            wait = max(error.seconds, self.pace.wait_after(row.attempts))
            self._quiet_until = max(self._quiet_until, asyncio.get_running_loop().time() + error.seconds)
            return later(row.id, str(error)[:LONGEST_ERROR], wait)
        except Unanswered as error:
            return self._later(row, str(error), self.pace.lost)
        except Exception as error:  # an answer that nobody foresaw holds up its own row, and not the worker
            log.exception("a row could not be carried", tenant=self.city, row=str(row.id))
            return self._later(row, type(error).__name__, self.pace.lost)

    async def _brought(self, row: Carried) -> Outcome:
        """Ask what the gateway has; only what it does not have is sent, or what takes the place of our own."""
        entries = await self.gateway.listed(row.record)
        if (entry := matching(row.record, entries)) is not None:
            return confirmed(row.id, id_of(entry))
        if row.stale:
            return rejected(row.id, RejectionCode.WITHDRAWN, WITHDRAWN)
        there = [id_of(one) for one in of_its_period(row.record, entries)]
        former = next((one for one in there if one in row.ours), None)
        if there and former is None:
            return rejected(row.id, RejectionCode.HOLDS_ANOTHER, HOLDS_ANOTHER.format(number=there[0]))
        nip = row.record["nip"]
        if (person := await self.gateway.person(nip)) is None:
            return rejected(row.id, RejectionCode.PERSON_UNKNOWN, PERSON_UNKNOWN.format(nip=nip))
        return await self._judged(row, await self.gateway.save(row.id, row.record, person, instead_of=former))

    async def _judged(self, row: Carried, said: Said) -> Outcome:
        match meaning(said):
            case Meaning.TAKEN:
                return confirmed(row.id, said.number)
            case Meaning.REFUSED:
                return rejected(row.id, RejectionCode.REFUSED, said.words)
            case _:
                # Also of what it says to have already: which one that is, its list tells the next time.
                return self._later(row, said.words, self.pace.lost)

    def _later(self, row: Carried, error: str, least: float) -> Outcome:
        return later(row.id, error[:LONGEST_ERROR], max(least, self.pace.wait_after(row.attempts)))


async def run(settings: Settings, database: Database, pace: Pace = Pace()) -> None:
    """Carry for every city that has a gateway, for ever; who gets one, or loses it, is seen within moments."""
    carriers = _Carriers(database, pace)
    try:
        while True:
            try:
                await carriers.become(gateways(settings))
            except UnreadableGateways as error:
                log.warning("no gateway can be used", error=str(error))
            await asyncio.sleep(pace.look)
    finally:
        await carriers.become({})


class _Carriers:
    """One carrier a city, started anew where its access changed."""

    def __init__(self, database: Database, pace: Pace) -> None:
        self._database, self._pace = database, pace
        self._running: dict[str, tuple[GatewayAccess, Gateway, asyncio.Task[None]]] = {}

    async def become(self, wanted: dict[str, GatewayAccess]) -> None:
        """Stop those that are not wanted so, start those that are not there; raises what made one of them end."""
        for city, (access, gateway, task) in list(self._running.items()):
            if task.done():
                task.result()
            if wanted.get(city) != access:
                del self._running[city]
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await gateway.close()
        for city, access in wanted.items():
            if city not in self._running:
                gateway = Gateway(access, seconds=self._pace.answer)
                task = asyncio.create_task(Carrier(city, self._database, gateway, self._pace).run(), name=f"to {city}")
                self._running[city] = (access, gateway, task)
