"""What the panel, the unit and the office read of a field visit."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.base import Event, new_id
from contracts.evaluation.visits import (
    VisitAnnounced,
    VisitDateSet,
    VisitHeld,
    VisitMissed,
    VisitNotHeld,
    VisitResponded,
    VisitScheduled,
    VisitUnanswered,
)
from services.notify.notices.rules.letters import write
from services.notify.notices.rules.notes import Note, Whom
from services.notify.notices.rules.recipients.table import RECIPIENTS

LEAD, MEMBER, HEAD, UNIT = new_id(), new_id(), new_id(), new_id()
NAMES = {str(LEAD): "Mukhlis", str(MEMBER): "Alamsyah", str(HEAD): "Encik", str(UNIT): "Dinas Kesehatan"}
ABOUT: dict[str, Any] = {"tenant_id": "14.72", "visit_id": new_id(), "cycle_id": new_id(), "unit_id": UNIT}
PANEL: dict[str, Any] = ABOUT | {"panel": (LEAD, MEMBER)}
DATED: dict[str, Any] = PANEL | {"head_id": HEAD, "visit_on": date(2026, 2, 12)}
DUE = datetime(2026, 2, 20, 16, 59, 59, tzinfo=UTC)
BOTH = {LEAD, MEMBER, HEAD}
EVENTS: list[tuple[Event, set[Any], str]] = [
    (VisitScheduled(**PANEL, due_at=DUE, head_id=HEAD), BOTH, "by Friday, 20 February 2026"),
    (VisitScheduled(**PANEL, due_at=DUE), {LEAD, MEMBER}, "by Friday, 20 February 2026"),
    (
        VisitDateSet(**DATED, former=None, reason=None, set_by=LEAD),
        BOTH,
        "on 12 February 2026 (set by Mukhlis)",
    ),
    (
        VisitDateSet(**DATED, former=date(2026, 2, 10), reason="Ketua sakit", set_by=LEAD),
        BOTH,
        "from 10 February 2026 to 12 February 2026.\nReason: Ketua sakit",
    ),
    (VisitAnnounced(**DATED), BOTH, "on 12 February 2026"),
    (VisitMissed(**DATED), {LEAD, MEMBER, Whom.OFFICE}, "has not been reported"),
    (
        VisitHeld(**ABOUT, held_on=date(2026, 2, 12), findings=2, respondent_id=HEAD, respond_by=DUE),
        {HEAD},
        "Findings: 2.\nYou may respond to each by Friday, 20 February 2026",
    ),
    (VisitNotHeld(**PANEL, head_id=HEAD), BOTH | {Whom.OFFICE}, "was not held in time"),
    (
        VisitResponded(**PANEL, responded_by=HEAD, agreed=1, explained=2, actions=1),
        {LEAD, MEMBER, Whom.OFFICE},
        "Encik responded to the findings of the visit to Dinas Kesehatan: 1 agreed, 2 explained, 1 with an action",
    ),
    (VisitUnanswered(**PANEL, note="no response"), {LEAD, MEMBER}, "Silence is neither agreement nor refusal"),
]


def read(note: Note, language: str) -> str:
    return write(note, language, names=NAMES, zone="Asia/Jakarta").body


@pytest.mark.parametrize(("event", "whom", "words"), EVENTS, ids=lambda value: type(value).__name__)
def test_each_side_is_told_what_concerns_it(event: Event, whom: set[Any], words: str) -> None:
    notes = RECIPIENTS[type(event)](event)
    assert {note.to for note in notes} == whom
    assert len(notes) == len(whom)
    assert words in read(notes[0], "en")
    assert read(notes[0], "id") != read(notes[0], "en")


def test_nobody_is_asked_to_respond_for_a_unit_that_nobody_leads() -> None:
    assert RECIPIENTS[VisitHeld](VisitHeld(**ABOUT, held_on=date(2026, 2, 12), findings=2)) == []
