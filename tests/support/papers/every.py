"""One of each kind."""

from services.portal.papers.rules.parts import Paper
from tests.support.papers.files import file
from tests.support.papers.plans import evaluation, plan
from tests.support.papers.reports import LISTINGS, listing, upward
from tests.support.papers.results import objection, result, result_after_objection, result_by_superior
from tests.support.papers.visits import visit


def every_paper() -> dict[str, Paper]:
    """One of each kind, by the word of the kind."""
    made = (
        plan(),
        evaluation(),
        result(),
        result_by_superior(),
        result_after_objection(),
        objection(),
        visit(),
        file(),
        upward(),
        *map(listing, LISTINGS),
    )
    return {one.kind.value: one for one in made}
