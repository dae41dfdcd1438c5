"""Who is notified of reviews of the appraisal system: whoever is to do something, and the office of what is left of it."""

from contracts.evaluation.reviews import ReviewActionsLeft, SystemReviewed
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


def system_reviewed(event: SystemReviewed) -> list[Note]:
    return [
        Note(one.responsible_id, "review_action_decided", params(what=one.what, until=one.until), one.action_id)
        for one in event.decided or ()
    ]


def review_actions_left(event: ReviewActionsLeft) -> list[Note]:
    said = params(cycle=event.cycle_id, left=event.left)
    return [Note(Whom.OFFICE, "review_actions_left", said, event.cycle_id)]


RECIPIENTS: Recipients = {SystemReviewed: system_reviewed, ReviewActionsLeft: review_actions_left}
