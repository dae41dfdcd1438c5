"""What one may do about whom: the relation between the actor and the person concerned, and the check every command makes."""

from uuid import UUID

from contracts.base import Relation, Role
from kit.actor import Actor
from kit.errors import Forbidden

__all__ = ["Relation", "relations", "require"]


def relations(
    actor: Actor, *, servant_id: UUID, rater_id: UUID | None = None, authority_id: UUID | None = None
) -> frozenset[Relation]:
    """Every relation that follows from who the actor is; DEBTOR and PEER the command adds itself.

    An assistant enters what the person does for himself or herself, and is nobody's rater in that person's place.
    """
    if actor.assistant_id is not None:
        return frozenset({Relation.SELF} if actor.id == servant_id else ())
    found = {
        Relation.SELF: actor.id == servant_id,
        Relation.RATER: rater_id is not None and actor.id == rater_id,
        Relation.AUTHORITY: authority_id is not None and actor.id == authority_id,
        Relation.OFFICE: actor.has(Role.PERFORMANCE_OFFICE),
        Relation.PANEL: actor.has(Role.PANEL),
        Relation.SYSTEM: actor.is_system,
    }
    return frozenset(relation for relation, true in found.items() if true)


def require(found: frozenset[Relation], *allowed: Relation, what: tuple[str, str]) -> None:
    """Raises Forbidden unless one of the relations is allowed; ``what`` names the act in English and Indonesian."""
    if found.isdisjoint(allowed):
        who = ", ".join(sorted(relation.value.lower() for relation in allowed))
        raise Forbidden(f"{what[0]}: only for {who}", f"{what[1]}: tidak berwenang", allowed=[r.value for r in allowed])
