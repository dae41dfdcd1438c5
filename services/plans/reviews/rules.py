"""How a sample is drawn from a seed, so that anybody can draw it again, and what a finding must say."""

from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex
from uuid import UUID

from contracts.plans.reviews import ReviewFinding
from kit.errors import Invalid, fault


def fresh_seed() -> str:
    """A seed that nobody could foresee."""
    return token_hex(16)


def lot(seed: str, plan_id: UUID) -> str:
    """The lot of a plan: SHA-256 of seed, colon and id, in hexadecimal digits."""
    return sha256(f"{seed}:{plan_id}".encode()).hexdigest()


def size(of_unit: int, *, share: int, least: int) -> int:
    """So many of a unit's plans are drawn: the share in per cent rounded up, at least ``least``, never more than it has."""
    return min(of_unit, max(least, -(-of_unit * share // 100)))


def draw(seed: str, units: Mapping[UUID, UUID], *, share: int, least: int) -> frozenset[UUID]:
    """The plans of the lowest lots of each unit; ``units`` says of each plan that takes part in which unit it counts."""
    by_unit: dict[UUID, list[UUID]] = {}
    for plan_id, unit_id in units.items():
        by_unit.setdefault(unit_id, []).append(plan_id)
    found: set[UUID] = set()
    for plans in by_unit.values():
        ordered = sorted(plans, key=lambda plan_id: (lot(seed, plan_id), plan_id))
        found.update(ordered[: size(len(plans), share=share, least=least)])
    return frozenset(found)


def require_words(finding: ReviewFinding, *, what: str | None, how: str | None) -> None:
    """Raises Invalid for a plan to be mended of which nobody learns what and how."""
    missing = [name for name, said in (("what", what), ("how", how)) if not (said or "").strip()]
    if finding is ReviewFinding.TO_MEND and missing:
        raise Invalid(
            "say what is to be mended in the plan and how: its owner and whoever set it read it",
            "sebutkan apa yang perlu diperbaiki pada rencana dan bagaimana caranya: dibaca oleh pemilik dan penetapnya",
            errors=[
                fault(name, "required for a plan to be mended", "wajib bila rencana perlu diperbaiki")
                for name in missing
            ],
        )
