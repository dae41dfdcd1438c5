"""What a workflow is called on the wire, as the SDK keeps it on the class."""

from typing import Any


def _definition(workflow: type) -> Any:
    return vars(workflow)["__temporal_workflow_definition"]


def name_of(workflow: type) -> str:
    """The workflow's type."""
    return str(_definition(workflow).name)


def handlers_of(workflow: type) -> set[str]:
    """Its signals and queries."""
    return {*_definition(workflow).signals, *_definition(workflow).queries}
