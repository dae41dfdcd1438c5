"""The roles that a civil servant has, wherever they come from."""

from collections.abc import Collection


def in_office(from_file: Collection[str], declared: Collection[str]) -> list[str]:
    """Those that the city's file gives without an end, and those that the office declared from a day to a day."""
    return sorted({*from_file, *declared})
