"""What a process aside may use, and what is raised when it used more."""

from dataclasses import dataclass

OUT_OF_MEMORY = 77
"""Exit code of a process that has not even the memory to say so."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one process aside may use."""

    memory: int = 600_000_000
    """Bytes of address space; the files of a hundred thousand people take 180 million."""
    seconds: int = 120
    """Of processor time; a workbook of a hundred thousand people takes some 30, a CSV file 4."""
    patience: int = 300
    """Seconds until an answer must have begun or gone on, on a machine that is busy."""
    answer: int = 200_000_000
    """Bytes of all answers together."""


class Exhausted(Exception):
    """The process used up its memory or its time."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        """``memory`` or ``time``."""


class Broken(Exception):
    """The process ended without an answer: an error of ours, told without a word of what it worked on."""
