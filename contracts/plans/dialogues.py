"""What the plans service emits of dialogues about expectations (PermenPANRB 6/2022 art. 14)."""

from datetime import date
from uuid import UUID

from contracts.plans.about import PlanEvent


class DialogueRecorded(PlanEvent):
    """Rater and servant spoke about expectations (PermenPANRB 6/2022 art. 14)."""

    dialogue_id: UUID
    held_on: date
    recorded_by: UUID
