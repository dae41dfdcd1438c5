"""Who may decide an objection: nobody who is a party to it (PermenPANRB 6/2022 art. 29)."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from kit.errors import Refused


def authority_for(candidates: Sequence[UUID], *, parties: AbstractSet[UUID]) -> UUID:
    """Who will decide: the first of the rater's superior, the superiors above, and the office, who is no party.

    ``parties`` are the servant, the rater and who signed the result.
    """
    for candidate in candidates:
        if candidate not in parties:
            return candidate
    raise Refused(
        "conflict of interest: who would decide this objection is a party to it; the registry must name another authority",
        "benturan kepentingan: pejabat yang akan memutus adalah pihak dalam keberatan ini",
    )


_RANKS = ("PENGAWAS", "ADMINISTRATOR", "JPT_PRATAMA", "JPT_MADYA", "JPT_UTAMA")


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who may be named to decide, or whose rating is decided about."""

    id: UUID
    position_kind: str
    is_head: bool
    at_work: bool = True

    @property
    def rank(self) -> int:
        """0 for who leads nobody by rank; the head of a unit is at least as a pejabat pengawas, as a rater is (L IV.A)."""
        by_position = _RANKS.index(self.position_kind) + 1 if self.position_kind in _RANKS else 0
        return max(by_position, int(self.is_head))


def may_be_named(
    official: Official,
    *,
    servant_id: UUID,
    rater: Official,
    line: Collection[UUID],
    ties: Collection[tuple[UUID, UUID]],
) -> None:
    """Raises Refused unless this official may decide in the place of the rater's superior (art. 29; L V.B).

    The decision is that of the superior of who rated: so whoever decides stands above the rater in the ``line``, or is a
    leading official who ranks no lower than the rater. Nobody whom the rater rates, and nobody who rates the servant or
    is rated by him or her: ``ties`` are those of the official, today and in the cycle.
    """
    if not official.at_work:
        raise Refused("whoever decides an objection is at work", "pejabat yang memutus harus aktif bertugas")
    tied = {(official.id, servant_id), (servant_id, official.id), (official.id, rater.id)}
    if tied.intersection(ties):
        raise Refused(
            "conflict of interest: who decides is neither rated by the rater, nor rates the servant or is rated by him or "
            "her; name another official",
            "benturan kepentingan: pejabat yang memutus dinilai penilai, atau menilai atau dinilai pegawai itu; "
            "tunjuk pejabat lain",
        )
    if official.id not in line and official.rank < max(1, rater.rank):
        raise Refused(
            "who decides an objection stands above the rater, or is a leading official who ranks no lower; "
            "name a superior of the rater or another official of that rank",
            "pejabat yang memutus keberatan adalah atasan penilai, atau pejabat yang tidak lebih rendah dari penilai; "
            "tunjuk atasan penilai atau pejabat setingkat",
        )


def no_conflict(authority_id: UUID, *, parties: AbstractSet[UUID]) -> None:
    """Raises Refused if a party would decide its own case, e.g. after a hand-over."""
    if authority_id in parties:
        raise Refused(
            "conflict of interest: a party to the objection cannot decide it",
            "benturan kepentingan: pihak dalam keberatan tidak boleh memutus",
        )
