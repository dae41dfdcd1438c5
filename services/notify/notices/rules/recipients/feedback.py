"""Who is notified of feedback and of ideas."""

from contracts.feedback.feedback import FeedbackAnswered, FeedbackGiven
from contracts.feedback.ideas import IdeaAnswered, IdeaSubmitted
from services.notify.notices.rules.notes import Note, Recipients, params


def feedback_given(event: FeedbackGiven) -> list[Note]:
    # Only a leader is named: whoever speaks to a leader or a colleague must be able to do so without fear.
    said = params(author=event.author_id if event.direction == "DOWN" else None)
    return [Note(event.servant_id, "feedback_given", said, event.feedback_id)]


def feedback_answered(event: FeedbackAnswered) -> list[Note]:
    return [Note(event.author_id, "feedback_answered", params(servant=event.servant_id), event.feedback_id)]


def idea_submitted(event: IdeaSubmitted) -> list[Note]:
    said = params(servant=event.servant_id, title=event.title)
    return [Note(event.leader_id, "idea_submitted", said, event.idea_id)]


def idea_answered(event: IdeaAnswered) -> list[Note]:
    said = params(leader=event.leader_id, adopted=event.adopted)
    return [Note(event.servant_id, "idea_answered", said, event.idea_id)]


RECIPIENTS: Recipients = {
    FeedbackGiven: feedback_given,
    FeedbackAnswered: feedback_answered,
    IdeaSubmitted: idea_submitted,
    IdeaAnswered: idea_answered,
}
