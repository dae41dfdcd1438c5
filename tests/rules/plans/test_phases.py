"""When planning is late, and until when plans and figures may change."""

from datetime import UTC, datetime

import pytest

from contracts.base import Phase
from kit.errors import Refused
from services.plans.cycles.rules import planning_is_over, require_before_evaluation, require_before_moderation

DUE = datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC)
AFTER = datetime(2026, 2, 1, tzinfo=UTC)


def test_planning_is_over_after_its_due_date_and_in_every_later_phase() -> None:
    assert not planning_is_over(None, None, AFTER)
    assert not planning_is_over("PREPARATION", DUE, AFTER)
    assert not planning_is_over("PLANNING", DUE, DUE)
    assert planning_is_over("PLANNING", DUE, AFTER)
    assert planning_is_over("EXECUTION", None, DUE)


@pytest.mark.parametrize("phase", Phase)
def test_expectations_stand_from_evaluation_on_and_figures_from_moderation_on(phase: Phase) -> None:
    order = list(Phase)
    for check, first in ((require_before_evaluation, Phase.EVALUATION), (require_before_moderation, Phase.MODERATION)):
        if order.index(phase) < order.index(first):
            check(phase)
        else:
            with pytest.raises(Refused):
                check(phase)
