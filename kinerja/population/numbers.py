"""NIPs that belong to nobody: serial 000, or a birth year before 1950; never the same one twice."""

from random import Random


class Numbers:
    """Hands out the NIPs of one place.

    Days of birth keep the remainder of the place by five, so that up to five places of one city never hand out the
    same number.
    """

    def __init__(self, luck: Random, remainder: int) -> None:
        self._luck = luck
        self._days = [day for day in range(1, 29) if day % 5 == remainder % 5]
        self._given: set[str] = set()

    def draw(self, *, born: tuple[int, int], woman: bool, contract: bool) -> tuple[str, int]:
        """A NIP and the year of appointment."""
        year = self._luck.randint(*born)
        appointed = self._luck.randint(2019, 2024) if contract else min(year + self._luck.randint(22, 29), 2024)
        nip = self._number(year, appointed, serial=0, woman=woman, contract=contract)
        while nip in self._given:
            old, serial = self._luck.randint(1900, 1949), self._luck.randint(1, 999)
            nip = self._number(old, appointed, serial=serial, woman=woman, contract=contract)
        self._given.add(nip)
        return nip, appointed

    def _number(self, year: int, appointed: int, *, serial: int, woman: bool, contract: bool) -> str:
        luck = self._luck
        birth = f"{year}{luck.randint(1, 12):02d}{luck.choice(self._days):02d}"
        # Digits 13-14: the month of appointment; of a PPPK the number of the contract, counted from 21.
        part = luck.choice((21, 21, 21, 22)) if contract else luck.randint(1, 12)
        return f"{birth}{appointed}{part:02d}{2 if woman else 1}{serial:03d}"
