"""Judges how far the numbers of a policy reach: what a date can be counted by, and a database store."""

from decimal import Decimal

from contracts.policy import Policy
from kit.files import limits
from kit.files.documents import Document
from kit.files.errors import FileErrors, quoted
from policy.provenance import dotted, leaves

PERIODS = (1, 2, 3, 4, 6, 12)
"""Months that divide a year."""


def judge(document: Document, policy: Policy, errors: FileErrors) -> None:
    """Note every number that no rule needs, however it is written, and periods that do not fill a year."""
    for path, value in leaves(policy.model_dump()):
        if isinstance(value, int | Decimal) and not _is_plain(value):
            shown = f"{dotted(path)}: {quoted(value)}"
            wrong = (f"{shown} is no number that a rule could need", f"{shown} bukan angka yang diperlukan aturan")
            most = f"{limits.NUMBER.most:,}"
            fix = (f"write a number up to {most}", f"tulis angka sampai {most.replace(',', '.')}")
            errors.add(document.at(path), wrong, fix)
    for key in ("period_months", "report_months"):
        months = getattr(policy, key)
        if months not in PERIODS:
            wrong = (
                f"{key}: {quoted(months)} months do not divide a year",
                f"{key}: {quoted(months)} bulan tidak membagi habis setahun",
            )
            choice = ", ".join(str(one) for one in PERIODS)
            errors.add(document.at((key,)), wrong, (f"one of {choice}", f"salah satu dari {choice}"))


def _is_plain(value: int | Decimal) -> bool:
    if isinstance(value, int):
        return abs(value) <= limits.NUMBER.most
    exponent = value.as_tuple().exponent
    # Compared as text of bounded length: a Decimal of a hundred million digits is never expanded.
    return isinstance(exponent, int) and -limits.DIGITS.most <= exponent <= 0 and abs(value) <= limits.NUMBER.most
