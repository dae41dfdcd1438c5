"""Who may ask for what, and what a granted request does."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.registry.personnel import ActingKind, ChangeKind
from contracts.registry.requests import RequestKind
from kit.errors import Forbidden, Invalid
from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.servants.models import Servant
from services.registry.servants.rules.relations import RelationSource


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it comes in."""

    kind: RequestKind
    servant_id: UUID | None
    unit_id: UUID | None
    person_id: UUID | None
    since: date | None
    until: date | None
    reason: str
    evidence: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the office decides, and with whom and from when on a granted request is carried out."""

    granted: bool
    reason: str
    person_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    acting: ActingKind = ActingKind.PLH


def require_party(asked: Asked, about: Servant, who: UUID, *, led: bool) -> None:
    """Raises Forbidden for whoever the record does not concern.

    The person and who rates him or her say that the relation is wrong, or that one should step back; that somebody acts,
    whoever is away asks, or one whom that one rates (``led``).
    """
    if who in (about.id, about.rater_id) and asked.kind is not RequestKind.ACTING:
        return
    if asked.kind is RequestKind.ACTING and (who == about.id or led):
        return
    if asked.kind is RequestKind.ACTING:
        raise Forbidden(
            "only whoever is away, or one of his or her people, asks for somebody to act",
            "hanya pejabat yang berhalangan atau pegawai yang dipimpinnya yang dapat meminta pejabat pelaksana",
        )
    raise Forbidden(
        "only the person, or who is recorded as rater, asks for this",
        "hanya pegawai itu atau pejabat penilai yang tercatat yang dapat meminta ini",
    )


def carried_out(kind: RequestKind, servant_id: UUID, decided: Decided, *, today: date) -> Wanted:
    """The change of personnel that grants the request; raises Invalid where nobody is named who rates or acts."""
    if decided.person_id is None:
        raise Invalid(
            "name who rates or acts from now on (person_id)",
            "sebutkan siapa yang menilai atau bertindak selanjutnya (person_id)",
            where="person_id",
        )
    since, until = decided.since or today, decided.until
    if kind is RequestKind.ACTING:
        effect = Effect(acting_id=decided.person_id, acting=decided.acting)
        return Wanted(servant_id, ChangeKind.ACTING, since, effect, decided.reason, until)
    if kind is RequestKind.WRONG_RATER:
        effect = Effect(rater_id=decided.person_id, source=RelationSource.CORRECTION)
        return Wanted(servant_id, ChangeKind.CORRECTION, since, effect, decided.reason)
    effect = Effect(rater_id=decided.person_id, source=RelationSource.DELEGATION)
    return Wanted(servant_id, ChangeKind.RATER, since, effect, decided.reason, until)
