"""Every story there is."""

from workflows.cycle import CycleStory
from workflows.deadlines import DeadlinesStory
from workflows.improvement import ImprovementStory
from workflows.objection import ObjectionStory
from workflows.season import SeasonStory
from workflows.visit import VisitStory

STORIES: tuple[type, ...] = (CycleStory, DeadlinesStory, ObjectionStory, ImprovementStory, SeasonStory, VisitStory)
