"""What people read when duties are born: one note a person and event, before any reminder.

A duty about oneself is mailed as well; what one owes about others comes many times a day and lies in the inbox. Colleagues
who are asked anonymously get letters of their own, as with reminders (``ladders``).
"""

from uuid import UUID

from contracts.obligations import UNNAMED, Obligation, ObligationsOpened
from services.notify.notices.rules.ladders import SHOWN
from services.notify.notices.rules.notes import Item, Note, Param


def opened(event: ObligationsOpened) -> list[Note]:
    """To each debtor what he or she owes from now on, and until when."""
    groups: dict[tuple[UUID, str], list[Obligation]] = {}
    for item in event.items:
        groups.setdefault((item.debtor_id, _template(item)), []).append(item)
    return [_note(person_id, template, items) for (person_id, template), items in groups.items()]


def _template(item: Obligation) -> str:
    if item.kind in UNNAMED:
        return "colleague_asked"
    return "duty_born" if item.about_id in (None, item.debtor_id) else "duty_born_about_others"


def _note(person_id: UUID, template: str, items: list[Obligation]) -> Note:
    listed = sorted(items, key=lambda item: (item.due_at, item.id))[:SHOWN]
    params: dict[str, Param] = {
        "obligations": [_listed(item) for item in listed],
        "more": len(items) - len(listed),
    }
    return Note(person_id, template, params, items[0].id if len(items) == 1 else None)


def _listed(item: Obligation) -> Item:
    about = item.about_id if item.about_id != item.debtor_id else None
    return {"kind": item.kind.value, "due_at": item.due_at.isoformat(), "about": str(about or "")}
