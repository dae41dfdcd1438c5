"""What whoever is reminded reads."""

from contracts.notify.nudges import Nudged
from services.notify.notices.rules.notes import Note, params


def nudged(event: Nudged) -> Note:
    """Who asks for what; about whom, where that is somebody else."""
    about = None if event.about_id == event.debtor_id else event.about_id
    said = params(kind=event.kind, by=event.by, about=about, note=event.note)
    return Note(event.debtor_id, "nudged", said, event.obligation_id)
