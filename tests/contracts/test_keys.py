"""What keeps its order and what spreads: the key of every event, walked."""

from uuid import UUID

import pytest

from contracts.base import APART, Event
from contracts.known import every_event
from tests.contracts.samples import sample

EVENTS = every_event()
PEOPLE = frozenset({"servant_id", "appraisal_id", "plan_id", "person_id", "initiative_id", "result_id", "case_id"})
"""What is one person's: whoever names one of these must not lie where the whole cycle lies."""
OF_THE_CYCLE = frozenset(
    {
        "plans.phase-cleared",
        "evaluation.phase-cleared",
        "feedback.phase-cleared",
        *(
            f"{owner}.obligations-{what}"
            for owner in ("plans", "evaluation", "feedback")
            for what in ("stepped", "moved")
        ),
        "plans.log-entries-missed",
        "plans.log-approvals-awaited",
        "evaluation.cycle-opened",
        "evaluation.cycle-paused",
        "evaluation.cycle-resumed",
        "evaluation.cycle-cancelled",
        "evaluation.cycle-closed",
        "evaluation.phase-opened",
        "evaluation.phase-extended",
        "evaluation.phase-closed",
        "evaluation.members-enrolled",
        "evaluation.members-changed",
        "evaluation.late-members-enrolled",
        "evaluation.system-reviewed",
        "evaluation.review-actions-left",
        "feedback.system-surveyed",
        "evaluation.proposals-made",
        "evaluation.results-reported-upward",
        "evaluation.results-exported",
        "evaluation.export-rows-settled",
        "evaluation.public-report-made",
    }
)
"""Few in a cycle, and about all its members or hundreds of them at once: these keep one order. Nothing else may join them
unless that is true of it as well."""
ELSEWHERE = {
    ("evaluation", "cycle_id"): "nearly every event names its cycle",
    ("evaluation", "unit_id"): "a visit, or a finding about a unit, has an order of its own",
    ("evaluation", "servant_id"): "an appraisal has an order of its own; what an assistant enters is about the person",
    ("evaluation", "moderation_id"): "an assessment that was revised belongs to the appraisal",
    ("plans", "servant_id"): "a plan has an order of its own; what an assistant enters is about the person",
    ("plans", "template_id"): "a plan that began with a template is a plan",
    ("registry", "person_id"): "a request names who shall rate or act",
    ("plans", "cycle_id"): "nearly every event names its cycle",
    ("feedback", "cycle_id"): "nearly every event names its cycle",
    ("feedback", "session_id"): "whether somebody comes to a session is that person's",
    ("registry", "unit_id"): "a person, or a change, belongs to a unit",
    ("registry", "servant_id"): "a change of personnel moves others as well: all of a city keep one order",
}
"""Fields by which some events of a topic are keyed and others, that have them too, are not, with the reason."""


def _short(event_type: type[Event]) -> str:
    return event_type.ce_type().removeprefix("id.kinerja.").removesuffix(f".v{event_type.schema_version}")


def _ids(event_type: type[Event]) -> dict[str, UUID]:
    """A value of its own for each field that is an id."""
    named = [name for name, field in event_type.model_fields.items() if field.annotation in (UUID, UUID | None)]
    return {name: UUID(int=number << 32) for number, name in enumerate(named, start=1)}


def _keyed_by(event_type: type[Event]) -> set[str]:
    """The fields whose value stands in the part of the key that chooses the partition."""
    ids = _ids(event_type)
    key = sample(event_type).model_copy(update=ids).key.partition(APART)[0]
    return {name for name, value in ids.items() if str(value) in key}


@pytest.mark.parametrize("name", EVENTS)
def test_only_what_concerns_all_members_lies_where_the_cycle_lies(name: str) -> None:
    event_type = EVENTS[name]
    ids = _ids(event_type)
    at_the_cycle = "cycle_id" in ids and sample(event_type).model_copy(update=ids).key == str(ids["cycle_id"])
    assert at_the_cycle == (_short(event_type) in OF_THE_CYCLE)
    assert not (at_the_cycle and ids.keys() & PEOPLE)


@pytest.mark.parametrize("topic", sorted({event.topic for event in EVENTS.values()}))
def test_all_events_of_a_topic_that_name_one_aggregate_have_its_key(topic: str) -> None:
    """An event about the same plan or appraisal under another key could overtake the others."""
    told = [event for event in EVENTS.values() if event.topic == topic]
    for field in sorted(set().union(*map(_keyed_by, told))):
        others = {_short(one) for one in told if field in _ids(one) and field not in _keyed_by(one)}
        assert not others or (topic, field) in ELSEWHERE, (field, others)


@pytest.mark.parametrize("name", EVENTS)
def test_who_tells_events_apart_does_so_in_a_compacted_topic(name: str) -> None:
    event = sample(EVENTS[name])
    assert APART not in event.key or event.topic == "registry"
