"""What the evaluation service emits when the appraisal system itself was reviewed."""

from contracts.evaluation.about import CycleEvent


class SystemReviewed(CycleEvent):
    """The performance office judged the appraisal system itself (Binjai)."""

    metrics: dict[str, int]
    actions: tuple[str, ...]
