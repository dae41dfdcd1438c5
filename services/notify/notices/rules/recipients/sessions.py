"""Who is notified of training sessions: whoever is invited, and whoever was to come to one that does not take place."""

from contracts.feedback.sessions import PeopleInvited, SessionCalledOff
from services.notify.notices.rules.notes import Note, Recipients, params


def people_invited(event: PeopleInvited) -> list[Note]:
    said = params(title=event.title, on=event.planned_on, place=event.place)
    return [Note(one, "people_invited", said, event.session_id) for one in event.people]


def session_called_off(event: SessionCalledOff) -> list[Note]:
    said = params(title=event.title, on=event.planned_on)
    return [Note(one, "session_called_off", said, event.session_id) for one in event.people]


RECIPIENTS: Recipients = {PeopleInvited: people_invited, SessionCalledOff: session_called_off}
