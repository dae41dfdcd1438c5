"""Lists of people in a notice: the first ones by name, the rest as a number."""

from collections.abc import Sequence
from uuid import UUID

from services.notify.notices.rules.ladders import SHOWN
from services.notify.notices.rules.notes import Item, Param


def listed(people: Sequence[UUID], by: Sequence[UUID | None] = ()) -> dict[str, Param]:
    """Params of people; ``by`` holds, in the same order, who leads each now."""
    leaders = list(by) or [None] * len(people)
    items: list[Item] = [
        {"about": str(one), "by": str(leader or "")} for one, leader in list(zip(people, leaders, strict=True))[:SHOWN]
    ]
    return {"people": items, "more": len(people) - len(items)}
