"""What a template keeps of a content, and what it must say."""

from kit.errors import Invalid, Refused, fault
from services.plans.plans.rules.content import Content, bare


def general(content: Content) -> Content:
    """What anybody of the position may start from: nothing that belongs to one plan, or to the results of one leader."""
    results = [result.model_copy(update={"superior_result_id": None}) for result in bare(content).results]
    return content.model_copy(update={"results": tuple(results)})


def require_indicators(content: Content) -> None:
    """Raises Invalid for a template from which nobody could start."""
    if not content.indicators:
        raise Invalid(
            "a template has at least one result with an indicator",
            "templat memuat sedikitnya satu hasil kerja dengan indikator",
            errors=[fault("results", "no indicator", "tidak ada indikator")],
        )


def require_empty(before: Content) -> None:
    """Raises Refused for a plan that says something already."""
    if before.results:
        raise Refused(
            "the plan has results already: a template would overwrite them; empty the plan first if you want that",
            "rencana sudah berisi hasil kerja: templat akan menimpanya; kosongkan dahulu bila itu yang Anda inginkan",
        )
