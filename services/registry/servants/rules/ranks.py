"""Who may rate: the direct superior, from pejabat pengawas up, or a delegate (PermenPANRB 6/2022, L IV.A)."""

from services.registry.servants.rules.positions import PositionKind

SUPERIORS = frozenset(
    {
        PositionKind.JPT_UTAMA,
        PositionKind.JPT_MADYA,
        PositionKind.JPT_PRATAMA,
        PositionKind.ADMINISTRATOR,
        PositionKind.PENGAWAS,
    }
)


def may_rate(position_kind: str, *, is_head: bool) -> bool:
    """Whether by rank; the head of a school or a health centre leads a unit, though the position is functional."""
    return is_head or position_kind in SUPERIORS
