"""How often: requests of one person, refused tokens of one address. Counted in each process, in bounded memory."""

import ipaddress
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

from kit.actor import Actor
from kit.errors import TooMany
from kit.settings import Settings

REMEMBERED = 10_000
"""People or addresses; whoever has not come for longest is forgotten, and has his whole allowance again."""
Now = Callable[[], float]


class Allowance:
    """So many a second on the average and a burst beside; one number a key: when all it has taken is made up for."""

    def __init__(self, rate: float, burst: int, *, now: Now = time.monotonic, remembered: int = REMEMBERED) -> None:
        self._rate, self._burst = rate, burst
        self._now = now
        self._remembered = remembered
        self._settled: dict[Hashable, float] = {}

    def __len__(self) -> int:
        return len(self._settled)

    def take(self, key: Hashable) -> float:
        """Take one; the seconds to wait if there is none, else 0."""
        if self._rate <= 0:
            return 0.0
        now = self._now()
        settled = max(self._settled.pop(key, now), now)
        wait = settled - now - (self._burst - 1) / self._rate
        self._settled[key] = settled if wait > 0 else settled + 1 / self._rate
        if len(self._settled) > self._remembered:
            del self._settled[next(iter(self._settled))]
        return max(wait, 0.0)


class Rates:
    """What one process lets people and addresses do."""

    def __init__(self, settings: Settings, *, now: Now = time.monotonic) -> None:
        self._asked = Allowance(settings.http_rate, settings.http_burst, now=now)
        self._failed = Allowance(settings.http_failed_rate, settings.http_failed_burst, now=now)
        self._at_once = settings.http_at_once
        self._in_progress = Counter[tuple[str, object]]()

    @contextmanager
    def one_more(self, actor: Actor) -> Iterator[None]:
        """A request of this person, until it is answered; raises TooMany."""
        who = (actor.tenant_id, actor.id)
        if wait := self._asked.take(who):
            raise TooMany(
                "you ask too often: wait as long as Retry-After says",
                "permintaan Anda terlalu sering: tunggu selama yang tertulis pada Retry-After",
                after=wait,
            )
        if self._in_progress[who] >= self._at_once:
            raise TooMany(
                f"{self._at_once} requests of yours are in progress: wait for their answers",
                f"{self._at_once} permintaan Anda masih diproses: tunggu jawabannya",
                after=1,
            )
        self._in_progress[who] += 1
        try:
            yield
        finally:
            self._in_progress[who] -= 1
            if not self._in_progress[who]:
                del self._in_progress[who]

    def visited(self, address: str | None) -> None:
        """Somebody without a token reads what is public; raises TooMany where one network does so too often."""
        if wait := self._asked.take(_network(address)):
            raise TooMany(
                "your address asks too often: wait as long as Retry-After says",
                "terlalu banyak permintaan dari alamat Anda: tunggu selama yang tertulis pada Retry-After",
                after=wait,
            )

    def refused(self, address: str | None) -> None:
        """A token from this address did not verify; raises TooMany if that happens too often.

        Only what fails is counted and turned away: behind one address sits a whole office, whose good tokens must not
        suffer for the bad ones of one machine.
        """
        if wait := self._failed.take(_network(address)):
            raise TooMany(
                "too many tokens from your address do not verify: sign in again, and wait as long as Retry-After says",
                "terlalu banyak token tidak sah dari alamat Anda: masuk kembali, dan tunggu selama yang tertulis pada"
                " Retry-After",
                after=wait,
            )


def _network(address: str | None) -> str:
    """An IPv6 user has 2^64 addresses."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "nowhere"
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
