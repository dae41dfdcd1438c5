"""The event of what an assistant entered in the evaluation service."""

from typing import ClassVar

from contracts import assistance


class EnteredOnBehalf(assistance.EnteredOnBehalf):
    """An assistant entered something here for a civil servant, whose act it is."""

    topic: ClassVar[str] = "evaluation"
