"""Who is notified of good practices: whose work it was."""

from contracts.evaluation.practices import PracticePublished
from services.notify.notices.rules.notes import Note, Recipients, params


def practice_published(event: PracticePublished) -> list[Note]:
    return [Note(event.servant_id, "practice_published", params(title=event.title), event.practice_id)]


RECIPIENTS: Recipients = {PracticePublished: practice_published}
