"""What reading a value comes to: the value, a question to the office, or what is wrong with it."""

from dataclasses import dataclass

Words = tuple[str, str]
"""English and Indonesian."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The value may mean several things; the office says which."""

    why: Words
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """The value means nothing, and how to mend it."""

    wrong: Words
    fix: Words


Found = str | Ask | Wrong
NOTHING = frozenset(
    {"", "-", "--", "---", "\u2013", "\u2014", "tidak ada", "nihil", "n/a", "na", "null", "none", "kosong", "belum ada"}
)
"""What people write where there is nothing."""


def is_nothing(text: str) -> bool:
    """Whether the cell says that there is nothing."""
    return text.strip().casefold() in NOTHING
