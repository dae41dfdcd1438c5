"""Who acts for the performance office about whom: the one rule on conflicts of interest, asked at every act of the office.

Nobody acts for the office on a record, relation, case or result of her own, of those who rate her, or whom she rates.
Another officer does; where none is free of a conflict, the appointing authority (pejabat pembina kepegawaian) does, who
is whom the city has declared as such, else the head of its highest unit, and is barred from nothing but his or her own.
What the law gives to the appointing authority (proposals, recognitions) the declared one decides in the office's place. Who rates whom is that of today and
that which a cycle has frozen: what one of the two ties together is tied.

What treats everybody of a city or a cycle alike, by rule, is no act on a person: opening, pausing, extending or
cancelling a cycle, recording an outage, publishing a policy or a calendar, computing results again. A list of people or
of decisions is judged one by one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from contracts.base import Role, Words
from kit.actor import Actor
from kit.errors import Forbidden

Tie = tuple[UUID, UUID]
"""A civil servant and who rates him or her, today or in the cycle."""


class Conflict(StrEnum):
    """Why somebody may not act for the office about a person."""

    SELF = "SELF"
    RATES_ACTOR = "RATES_ACTOR"
    RATED_BY_ACTOR = "RATED_BY_ACTOR"

    @property
    def words(self) -> Words:
        """It concerns ..."""
        return _WORDS[self]


_WORDS = {
    Conflict.SELF: Words(en="yourself", id="diri Anda sendiri"),
    Conflict.RATES_ACTOR: Words(en="somebody who rates you", id="pegawai yang menilai Anda"),
    Conflict.RATED_BY_ACTOR: Words(en="somebody whom you rate", id="pegawai yang Anda nilai"),
}
MEND = Words(
    en="another officer of the performance office does this; where none is without a conflict, the appointing authority",
    id="dilakukan petugas pengelola kinerja lain; bila semua berbenturan kepentingan, pejabat pembina kepegawaian",
)


@dataclass(frozen=True, slots=True)
class Offices:
    """The officers of a city, its appointing authority, and the ties of those who may act."""

    officers: tuple[UUID, ...] = ()
    """Who has the role and is at work, in one order everywhere: what nobody is barred from falls to the first."""
    appointing: UUID | None = None
    ties: frozenset[Tie] = frozenset()
    """Every tie in which an officer takes part, or whoever asks."""
    authorities: tuple[UUID, ...] = ()
    """Whom the city has declared as appointing authority; ``appointing`` is the first of them."""

    def conflict(self, actor_id: UUID, person_id: UUID) -> Conflict | None:
        """What bars the one from acting for the office about the other, if anything."""
        if actor_id == person_id:
            return Conflict.SELF
        if (actor_id, person_id) in self.ties:
            return Conflict.RATES_ACTOR
        return Conflict.RATED_BY_ACTOR if (person_id, actor_id) in self.ties else None

    def connected(self, actor_id: UUID) -> frozenset[UUID]:
        """Everybody about whom this person may not act for the office."""
        pairs = [pair for pair in self.ties if actor_id in pair]
        return frozenset(one for pair in pairs for one in pair) | {actor_id}

    def officer_for(self, about: Collection[UUID]) -> UUID | None:
        """The first officer who may act about all of these people."""
        free = (one for one in self.officers if all(self.conflict(one, person) is None for person in about))
        return next(free, None)

    def acting_for(self, *about: UUID | None) -> UUID | None:
        """To whom falls what the office owes about these people; None where the city has no officer.

        Where nobody may act it falls to an officer all the same, so that somebody is reminded and names another one.
        """
        people = {one for one in about if one is not None}
        if (officer := self.officer_for(people)) is not None:
            return officer
        if self.appointing is not None and self.appointing not in people:
            return self.appointing if self.officers else None
        others = [one for one in self.officers if one not in people]
        return next(iter([*others, *self.officers]), None)

    @property
    def everybody(self) -> frozenset[UUID]:
        """All to whom something of the office may have fallen."""
        return frozenset(self.officers) | ({self.appointing} if self.appointing is not None else frozenset())

    def exceptions(self) -> dict[UUID, UUID]:
        """About whom another than the first officer acts, and who does: a few people, however large the city is."""
        first = self.officers[:1]
        people = {one for officer in first for one in self.connected(officer)}
        return {one: other for one in people if (other := self.acting_for(one)) is not None and (other,) != first}

    def may_act(self, actor: Actor, *about: UUID | None, named: Collection[UUID] = ()) -> bool:
        """Whether this actor may act for the office about these people; the system always may.

        ``named`` are those whom the act makes or unmakes raters of others: an officer is barred by a tie to one of them
        as well, the appointing authority is not barred by leading people himself.
        """
        people = [one for one in about if one is not None]
        if actor.is_system:
            return True
        everybody = [*people, *named]
        if actor.has(Role.PERFORMANCE_OFFICE) and all(self.conflict(actor.id, one) is None for one in everybody):
            return True
        # A city without an officer has nobody for whom the appointing authority would stand in.
        falls_to = self.appointing if self.officers and self.officer_for(everybody) is None else None
        return bool(everybody) and actor.id == falls_to and actor.id not in people

    def may_decide(self, actor: Actor, *about: UUID | None) -> bool:
        """Whether this actor decides what the law gives to the appointing authority about these people.

        Whoever the city has declared, and nobody about himself or herself. Where it has declared nobody, or nobody
        else, the office does as with its own acts.
        """
        people = {one for one in about if one is not None}
        deciding = [one for one in self.authorities if one not in people]
        return actor.is_system or actor.id in deciding if deciding else self.may_act(actor, *about)

    def require_decision(self, actor: Actor, *about: UUID | None, what: tuple[str, str]) -> None:
        """Raises Forbidden unless :meth:`may_decide`; ``what`` names the decision."""
        if self.may_decide(actor, *about):
            return
        if not (set(self.authorities) - {*about}):
            self.require(actor, *about, what=what)
        raise Forbidden(
            f"{what[0]}: only for the appointing authority that the city has declared",
            f"{what[1]}: hanya untuk pejabat pembina kepegawaian yang ditetapkan kota",
            allowed=[Role.APPOINTING_AUTHORITY.value],
        )

    def require(self, actor: Actor, *about: UUID | None, named: Collection[UUID] = (), what: tuple[str, str]) -> None:
        """Raises Forbidden unless the actor may act for the office about all of these people; ``what`` names the act."""
        if self.may_act(actor, *about, named=named):
            return
        if not actor.has(Role.PERFORMANCE_OFFICE) and actor.id != self.appointing:
            raise Forbidden(
                f"{what[0]}: only for the performance office",
                f"{what[1]}: hanya untuk pengelola kinerja",
                allowed=[Role.PERFORMANCE_OFFICE.value],
            )
        raise self.refusal(actor, (one for one in about if one is not None), what, named=named)

    def refusal(
        self, actor: Actor, about: Iterable[UUID], what: tuple[str, str], *, named: Collection[UUID] = ()
    ) -> Forbidden:
        """Says with whom the conflict is, why, and who acts instead."""
        people = list(dict.fromkeys(about))
        authority = self.appointing if self.appointing not in people else None
        instead = self.officer_for([*people, *named]) or authority
        told = None if instead in (None, actor.id) else str(instead)
        found = {one: why for one in [*people, *named] if (why := self.conflict(actor.id, one)) is not None}
        if not found or not actor.has(Role.PERFORMANCE_OFFICE):
            return Forbidden(
                f"{what[0]}: an officer without a conflict of interest does this",
                f"{what[1]}: dilakukan petugas pengelola kinerja yang tidak berbenturan kepentingan",
                allowed=[Role.PERFORMANCE_OFFICE.value],
                acts_instead=told,
            )
        words = next(iter(found.values())).words
        return Forbidden(
            f"{what[0]}: conflict of interest, it concerns {words.en}; {MEND.en}",
            f"{what[1]}: benturan kepentingan, menyangkut {words.id}; {MEND.id}",
            conflicts=[{"person_id": str(one), "conflict": why.value} for one, why in found.items()],
            acts_instead=told,
        )
