"""Who may object and until when, who may judge, and how an objection moves (PermenPANRB 6/2022 art. 29, L V.B)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.base import Rating
from contracts.feedback.objections import Decision, ObjectionOutcome
from kit.errors import Invalid, NotReady, Refused
from services.feedback.states import Stage

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.FILED: frozenset({Stage.HEARING, Stage.WITHDRAWN}),
    Stage.HEARING: frozenset({Stage.DECIDABLE, Stage.WITHDRAWN}),
    Stage.DECIDABLE: frozenset({Stage.UPHELD, Stage.AMENDED, Stage.WITHDRAWN}),
}
"""What is missing here has ended: a decision is final (PP 30/2019 art. 59), remand is not offered."""


def move(stage: str, wanted: Stage) -> str:
    """The wanted stage; raises Refused if the objection cannot go there."""
    if wanted not in MOVES.get(Stage(stage), frozenset()):
        raise Refused(
            f"an objection that is {stage.lower()} cannot become {wanted.lower()}",
            f"keberatan berstatus {stage} tidak dapat menjadi {wanted}",
        )
    return wanted.value


def is_open(stage: str) -> bool:
    """Not decided and not withdrawn."""
    return Stage(stage) in MOVES


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether one version of a result can be objected to; instants in the city's zone."""

    received_at: datetime | None
    object_until: datetime | None
    final_without_objection: bool
    finalised: bool
    superseded: bool
    admitted_until: datetime | None = None
    """The authority lets an objection in until then, although the window is over."""


def may_contest(result: Standing) -> datetime:
    """The last instant of the window; raises Refused where a result takes no objection at all, however early."""
    if result.final_without_objection:
        raise Refused(
            "the objection is inadmissible: this result is final without objection (L V.A.8, L IV.A.12)",
            "keberatan tidak dapat diterima: hasil ini final tanpa keberatan",
        )
    if result.superseded:
        raise Refused("a later version took the place of this result", "hasil ini sudah digantikan versi berikutnya")
    if result.received_at is None or result.object_until is None:
        raise Refused("receive the result first: the window runs from receipt", "hasil belum diterima pegawai")
    return result.object_until


def may_object(result: Standing, *, now: datetime) -> None:
    """Raises Refused unless the result was received, can be objected to, and the window is open (or was opened again)."""
    object_until = may_contest(result)
    if result.admitted_until is not None and now <= result.admitted_until:
        return
    if now > object_until:
        until = object_until.date().isoformat()
        raise Refused(
            f"the objection is inadmissible: the window closed on {until}",
            f"keberatan tidak dapat diterima: batas pengajuan berakhir pada {until}",
            object_until=object_until.isoformat(),
        )
    if result.finalised:
        raise Refused(
            "the objection is inadmissible: the result is final", "keberatan tidak dapat diterima: sudah final"
        )


def may_admit_late(result: Standing, *, now: datetime) -> None:
    """Raises Refused unless the window is over of a result that could have been objected to (L V.B.1-2)."""
    if now <= may_contest(result):
        raise Refused(
            "the window is still open: the objection needs no admission",
            "batas pengajuan belum lewat: keberatan tidak memerlukan izin",
        )


def authority_for(candidates: Sequence[UUID], *, parties: AbstractSet[UUID]) -> UUID:
    """Who will judge: the first of the rater's superior, the superiors above, and the office, who is no party.

    ``parties`` are the servant, the rater and who signed the result.
    """
    for candidate in candidates:
        if candidate not in parties:
            return candidate
    raise Refused(
        "conflict of interest: who would judge this objection is a party to it; the registry must name another authority",
        "benturan kepentingan: pejabat yang akan memutus adalah pihak dalam keberatan ini",
    )


def no_conflict(judge_id: UUID, *, parties: AbstractSet[UUID]) -> None:
    """Raises Refused if a party would judge its own case, e.g. after a hand-over."""
    if judge_id in parties:
        raise Refused(
            "conflict of interest: a party to the objection cannot decide it",
            "benturan kepentingan: pihak dalam keberatan tidak boleh memutus",
        )


def hearing_is_over(*, complete: bool, statements_by: datetime, now: datetime) -> bool:
    """Both sides explained, or the time to do so has passed; a silent side does not hold up the other."""
    return complete or now >= statements_by


def may_decide(stage: str, *, over: bool) -> None:
    """Raises Refused before both sides were asked and had their time (L V.B.3-4)."""
    if stage == Stage.FILED:
        raise Refused("both sides must be asked for an explanation first", "kedua pihak harus dimintai penjelasan dulu")
    if stage == Stage.HEARING and not over:
        raise Refused(
            "both statements must be in, or their limit passed, before a decision",
            "kedua penjelasan harus masuk, atau batas waktunya lewat, sebelum keputusan",
        )


def check_decision(decision: Decision, *, result_rating: str, behaviour_rating: str) -> None:
    """Raises Invalid unless an amendment brings both ratings and changes one, and an upheld result keeps both."""
    new: tuple[Rating | None, Rating | None] = (decision.result_rating, decision.behaviour_rating)
    if decision.outcome is ObjectionOutcome.UPHELD:
        if any(new):
            raise Invalid("an upheld result keeps its ratings: leave them out", "hasil yang dikuatkan tidak berubah")
        return
    if not all(new):
        raise Invalid("an amendment needs both new ratings", "perubahan memerlukan kedua rating baru")
    if new == (result_rating, behaviour_rating):
        raise Invalid("an amendment must change a rating: else uphold the result", "perubahan harus mengubah rating")


def may_close_hearing(stage: str, *, over: bool) -> None:
    """Raises unless the hearing has run its course; NotReady is asked again."""
    if stage == Stage.FILED:
        raise Refused("both sides must be asked for an explanation first", "kedua pihak harus dimintai penjelasan dulu")
    if stage == Stage.HEARING and not over:
        raise NotReady("the hearing still runs", "pemeriksaan masih berjalan")
