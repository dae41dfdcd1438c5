"""Every story there is."""

from workflows.cycle import CycleStory
from workflows.deadlines import DeadlinesStory
from workflows.improvement import ImprovementStory
from workflows.objection import ObjectionStory

STORIES: tuple[type, ...] = (CycleStory, DeadlinesStory, ObjectionStory, ImprovementStory)
