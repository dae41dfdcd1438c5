"""What events of feedback are about: one person in a cycle."""

from typing import ClassVar

from contracts.about import AboutServant


class ServantEvent(AboutServant):
    """One person in a cycle."""

    abstract: ClassVar[bool] = True
    topic: ClassVar[str] = "feedback"
