"""Which way feedback goes, who may read it, and when a provisional result may be asked about."""

from datetime import datetime
from uuid import UUID

from contracts.base import Rating
from contracts.policy.follow_up import FeedbackRule
from kit.errors import Forbidden, Invalid, Refused
from services.feedback.states import ClarificationState, Direction, Occasion, Visibility


def direction(
    *,
    author_id: UUID,
    about_id: UUID,
    author_rater_id: UUID | None,
    about_rater_id: UUID | None,
    owes: bool,
    concern: str = "",
) -> Direction:
    """Down from the rater (or who holds the obligation now), up to the own rater, between peers, else of others concerned.

    Others say in what way they are concerned: a leader who gave the work, somebody who was served (arts 17-19).
    """
    if author_id != about_id:
        if owes or author_id == about_rater_id:
            return Direction.DOWN
        if author_rater_id == about_id:
            return Direction.UP
        if about_rater_id is not None and author_rater_id == about_rater_id:
            return Direction.PEER
        if concern.strip():
            return Direction.OTHER
    raise Forbidden(
        "give feedback: only for rater, subordinate or peer of the person concerned, or who says how he is concerned",
        "memberi umpan balik: hanya bagi penilai, bawahan, rekan sejawat, atau yang menyebut kepentingannya",
        allowed=["RATER", "SUBORDINATE", "PEER", "OTHER"],
    )


def check_allowed(towards: Direction, rule: FeedbackRule) -> None:
    """Raises Refused where the policy wants no feedback in this direction; a leader's own is always wanted."""
    if towards is not Direction.DOWN and towards.value not in rule.directions:
        raise Refused(
            f"this policy has no feedback {towards.value}: {', '.join(rule.directions)}",
            f"kebijakan ini tidak memakai umpan balik {towards.value}: {', '.join(rule.directions)}",
        )


def occasion(towards: Direction, said: Occasion | None) -> Occasion:
    """A leader's feedback is the regular one unless it says otherwise, that of others has its occasion."""
    return said or (Occasion.REGULAR if towards is Direction.DOWN else Occasion.INCIDENTAL)


def visibility(towards: Direction) -> Visibility:
    """What a subordinate tells the leader stays between the two; the rest is for the line above as well."""
    return Visibility.ABOUT if towards is Direction.UP else Visibility.LINE


def may_clarify(*, enabled: bool, issued: bool, clarify_until: datetime, now: datetime) -> None:
    """Raises Refused unless the result is provisional and its clarification window is open (Dumai, DMI-8)."""
    if not enabled:
        raise Refused("this cycle has no clarification step", "siklus ini tidak memiliki tahap klarifikasi")
    if issued:
        raise Refused(
            "the result has been issued: an objection is the way now", "hasil sudah diterbitkan: ajukan keberatan"
        )
    if now > clarify_until:
        until = clarify_until.date().isoformat()
        raise Refused(
            f"the clarification window closed on {until}",
            f"masa klarifikasi berakhir pada {until}",
            clarify_until=clarify_until.isoformat(),
        )


def check_answer(
    outcome: ClarificationState, *, result_rating: Rating | None, behaviour_rating: Rating | None, issued: bool
) -> None:
    """Raises unless an amendment brings both ratings, and an explanation none."""
    if outcome is ClarificationState.OPEN:
        raise Invalid("the outcome is EXPLAINED or AMENDED", "hasil klarifikasi: EXPLAINED atau AMENDED")
    both, some = result_rating and behaviour_rating, result_rating or behaviour_rating
    if outcome is ClarificationState.AMENDED and not both:
        raise Invalid("an amendment needs both new ratings", "perubahan memerlukan kedua rating baru")
    if outcome is ClarificationState.EXPLAINED and some:
        raise Invalid("an explanation changes no rating", "penjelasan tidak mengubah rating")
    if outcome is ClarificationState.AMENDED and issued:
        raise Refused(
            "the result has been issued and can only be changed by an objection",
            "hasil sudah diterbitkan dan hanya dapat diubah melalui keberatan",
        )
