"""The obligation events of the feedback service."""

from typing import ClassVar

from contracts import obligations


class ObligationsOpened(obligations.ObligationsOpened):
    """Duties around feedback came into being."""

    topic: ClassVar[str] = "feedback"


class ObligationsClosed(obligations.ObligationsClosed):
    """Duties around feedback ended."""

    topic: ClassVar[str] = "feedback"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of duties around feedback moved."""

    topic: ClassVar[str] = "feedback"


class ObligationsMoved(obligations.ObligationsMoved):
    """Duties around feedback were moved to another day or person."""

    topic: ClassVar[str] = "feedback"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the feedback service anything more in a phase."""

    topic: ClassVar[str] = "feedback"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)
