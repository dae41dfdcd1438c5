"""What the feedback service emits of ideas that somebody submits to the leader, and of the answers."""

from uuid import UUID

from contracts.feedback.about import ServantEvent


class IdeaSubmitted(ServantEvent):
    """A subordinate submitted an idea to the leader (Plaju)."""

    idea_id: UUID
    leader_id: UUID
    title: str


class IdeaAnswered(ServantEvent):
    """The leader answered the idea."""

    idea_id: UUID
    leader_id: UUID
    adopted: bool
