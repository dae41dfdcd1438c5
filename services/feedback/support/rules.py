"""Who may guide or counsel whom, and who may read what was spoken about (PermenPANRB 6/2022 art. 21; L III)."""

from enum import StrEnum
from uuid import UUID

from contracts.feedback.support import CoachingKind
from kit.errors import Refused


class CoachingState(StrEnum):
    """Where guidance or counselling stands; ASKED leads to HELD, by the report, and nowhere else."""

    ASKED = "ASKED"
    HELD = "HELD"


def check_coach(
    kind: CoachingKind, coach_id: UUID, *, servant_id: UUID, rater_id: UUID, authority_id: UUID | None
) -> None:
    """Raises Refused for oneself, and for a counsellor who rates the servant or leads who does."""
    if coach_id == servant_id:
        raise Refused("nobody guides himself or herself", "tidak dapat membimbing diri sendiri")
    if kind is CoachingKind.COUNSELLING and coach_id in {rater_id, authority_id}:
        raise Refused(
            "counselling needs an independent counsellor: neither the rater nor the rater's superior",
            "konseling memerlukan konselor independen, bukan penilai atau atasannya",
        )


def may_read_content(reader_id: UUID, *, kind: str, servant_id: UUID, coach_id: UUID, rater_id: UUID) -> bool:
    """Counselling stays between the two of them; of guidance on competence the rater learns as well."""
    two = {servant_id, coach_id}
    return reader_id in (two if kind == CoachingKind.COUNSELLING else two | {rater_id})
