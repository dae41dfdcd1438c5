"""Every workflow there is, as a worker registers them."""

from workflows.cycle import CycleWorkflow
from workflows.cycle_schedule import CycleScheduleWorkflow
from workflows.deadlines import DeadlinesWorkflow
from workflows.improvement import ImprovementWorkflow
from workflows.objection import ObjectionWorkflow
from workflows.visit import VisitWorkflow

WORKFLOWS: tuple[type, ...] = (
    CycleWorkflow,
    CycleScheduleWorkflow,
    DeadlinesWorkflow,
    ObjectionWorkflow,
    ImprovementWorkflow,
    VisitWorkflow,
)
