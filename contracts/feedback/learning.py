"""What the feedback service emits of materials to learn from and of the quiz; what somebody answered is never told."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class _MaterialEvent(Event):
    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    material_id: UUID

    @property
    def key(self) -> str:
        return str(self.material_id)


class MaterialKept(_MaterialEvent):
    """The office added something to learn from."""

    title: str


class MaterialRetired(_MaterialEvent):
    """It is shown no more."""


class _QuestionEvent(Event):
    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    question_id: UUID

    @property
    def key(self) -> str:
        return str(self.question_id)


class QuestionKept(_QuestionEvent):
    """The office added a question to the quiz."""

    text: str


class QuestionRetired(_QuestionEvent):
    """It is asked no more."""
