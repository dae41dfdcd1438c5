"""The obligation events of the evaluation service."""

from typing import ClassVar

from contracts import obligations


class ObligationsOpened(obligations.ObligationsOpened):
    """Obligations around appraisals came into being."""

    topic: ClassVar[str] = "evaluation"


class ObligationsClosed(obligations.ObligationsClosed):
    """Obligations around appraisals ended."""

    topic: ClassVar[str] = "evaluation"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of obligations around appraisals moved."""

    topic: ClassVar[str] = "evaluation"


class ObligationsMoved(obligations.ObligationsMoved):
    """Obligations around appraisals were moved to another day or person."""

    topic: ClassVar[str] = "evaluation"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the evaluation service anything more in a phase."""

    topic: ClassVar[str] = "evaluation"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)
