"""The obligation events of the feedback service."""

from typing import ClassVar

from contracts import obligations


class ObligationsOpened(obligations.ObligationsOpened):
    """Obligations around feedback came into being."""

    topic: ClassVar[str] = "feedback"


class ObligationsClosed(obligations.ObligationsClosed):
    """Obligations around feedback ended."""

    topic: ClassVar[str] = "feedback"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of obligations around feedback moved."""

    topic: ClassVar[str] = "feedback"


class ObligationsMoved(obligations.ObligationsMoved):
    """Obligations around feedback were moved to another day or person."""

    topic: ClassVar[str] = "feedback"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the feedback service anything more in a phase."""

    topic: ClassVar[str] = "feedback"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)
