"""The obligation events of the plans service."""

from typing import ClassVar

from contracts import obligations


class ObligationsOpened(obligations.ObligationsOpened):
    """Obligations around plans came into being."""

    topic: ClassVar[str] = "plans"


class ObligationsClosed(obligations.ObligationsClosed):
    """Obligations around plans ended."""

    topic: ClassVar[str] = "plans"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of obligations around plans moved."""

    topic: ClassVar[str] = "plans"


class ObligationsMoved(obligations.ObligationsMoved):
    """Obligations around plans were moved to another day or person."""

    topic: ClassVar[str] = "plans"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the plans service anything more in a phase."""

    topic: ClassVar[str] = "plans"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)
