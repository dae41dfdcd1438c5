"""All of it together."""

from tests.support.answers.cycles import cycles
from tests.support.answers.evaluations import evaluations
from tests.support.answers.objections import objections, reports
from tests.support.answers.plans import plans
from tests.support.answers.reading import Answers
from tests.support.answers.records import records
from tests.support.answers.visits import visits


def answers() -> Answers:
    """Everything that the forms ask of one appraisal whose result an objection changed."""
    return cycles() | plans() | evaluations() | objections() | reports() | visits() | records()
