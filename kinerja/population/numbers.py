"""NIPs that belong to nobody: their owners would have been born fifty years before, and appointed past seventy."""

from random import Random
from zlib import crc32

EARLIER = 50
"""Years by which a birth is put back: nobody in service was born before 1950, and nobody is appointed so late in life."""
_SERIALS = 999


class Numbers:
    """Hands out the NIPs of one place.

    Days of birth keep the remainder of the place by five, so that up to five places of one city never hand out the
    same number. Everything else of a number is as it is in a real one, the serial included: it passes every check.
    """

    def __init__(self, luck: Random, remainder: int) -> None:
        self._luck = luck
        self._days = [day for day in range(1, 29) if day % 5 == remainder % 5]
        self._given: set[str] = set()

    def draw(self, *, born: tuple[int, int], woman: bool, contract: bool) -> tuple[str, int]:
        """A NIP and the year of appointment."""
        year = self._luck.randint(*born)
        appointed = self._luck.randint(2019, 2024) if contract else min(year + self._luck.randint(22, 29), 2024)
        nip = self._number(year - EARLIER, appointed, woman=woman, contract=contract)
        self._given.add(nip)
        return nip, appointed

    def _number(self, year: int, appointed: int, *, woman: bool, contract: bool) -> str:
        luck = self._luck
        birth = f"{year}{luck.randint(1, 12):02d}{luck.choice(self._days):02d}"
        # Digits 13-14: the month of appointment; of a PPPK the number of the contract, counted from 21.
        part = luck.choice((21, 21, 21, 22)) if contract else luck.randint(1, 12)
        first = f"{birth}{appointed}{part:02d}{2 if woman else 1}"
        # The serial takes no chance of its own: whoever comes next is the same person whatever numbers were given.
        start = crc32(first.encode())
        serials = (f"{first}{1 + (start + one) % _SERIALS:03d}" for one in range(_SERIALS))
        return next(nip for nip in serials if nip not in self._given)
