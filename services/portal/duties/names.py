"""How an obligation is called on a page."""

from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind


def duty_name(language: str, kind: ObligationKind) -> str:
    """What is owed, in the reader's language."""
    return OBLIGATION_NAMES[kind][0 if language == "id" else 1]
