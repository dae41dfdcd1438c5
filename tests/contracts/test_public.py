"""The published language: every event is published or withheld with a reason, and what is published names nobody."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from contracts.base import Event
from contracts.known import every_event
from contracts.public.base import PublicType
from contracts.public.examples import example
from contracts.public.language import LANGUAGE, PUBLISHED
from contracts.public.scopes import CITY, PERSON, readable, scope_of
from contracts.public.withheld import WITHHELD
from tests.contracts.record import GOLDEN

EVERY = every_event()
PEOPLE = {"name", "nip", "email", "actor", "reason", "text", "note", "title", "what", "how"}
"""Fields that would hold what a person is called, or what a person wrote."""
WHO = re.compile(r"(assessor|author|rater|authority|panel|debtor|peer|coach|leader|member|_by|by_id)")
"""Fields that would say who assessed, wrote or decided."""
each_type = pytest.mark.parametrize("kind", LANGUAGE, ids=lambda one: f"{one.name}-{one.version}")


def test_every_event_is_published_or_withheld_with_a_reason_and_never_both() -> None:
    published = {one.event.ce_type() for one in LANGUAGE}
    inside = {name for name, event in EVERY.items() if event.internal}
    assert published | set(WITHHELD) | inside == set(EVERY), (
        "say it in contracts/public: published, or withheld and why"
    )
    assert not published & set(WITHHELD)
    assert all(len(reason) > 20 for reason in WITHHELD.values())


def test_no_internal_event_has_a_public_form() -> None:
    assert [one.name for one in LANGUAGE if one.event.internal] == []
    assert not {name for name in WITHHELD if EVERY[name].internal}


@each_type
def test_a_published_type_holds_no_name_no_text_and_nobody_who_assessed(kind: PublicType) -> None:
    fields = set(kind.data.model_fields)
    assert not fields & PEOPLE
    assert {name for name in fields if WHO.search(name)} <= {"by_version", "by_result_id", "respond_by", "decide_by"}


@each_type
def test_the_example_is_what_the_schema_and_the_code_admit(kind: PublicType) -> None:
    shown = example(kind.schema)
    Draft202012Validator(kind.schema, format_checker=FormatChecker()).validate(shown)
    assert kind.data.model_validate(shown).model_dump(mode="json") == shown


@each_type
def test_what_is_made_from_the_recorded_event_fits_the_schema(kind: PublicType) -> None:
    event = _recorded(kind.event)
    told = [fact.model_dump(mode="json") for one, fact in PUBLISHED.told(event, kind.since) if one is kind]
    assert told or kind.name == "personnel-changed"  # the recorded one is a piece before the last
    for fact in told:
        Draft202012Validator(kind.schema, format_checker=FormatChecker()).validate(fact)
        assert not re.search(r"\b\d{18}\b", json.dumps(fact))


def test_a_change_of_personnel_is_told_once_with_its_last_piece() -> None:
    kind = PUBLISHED.of_name["personnel-changed", 1]
    piece = _recorded(kind.event)
    told = [list(kind.told(piece.model_copy(update={"more": more}))) for more in (True, False)]
    assert [len(one) for one in told] == [0, 1]


@each_type
def test_every_schema_closes_its_words_and_types_every_field(kind: PublicType) -> None:
    """A text of any content would be a door for names: every text is an id, a time, a word of a list or a code."""
    for name, field in kind.schema["properties"].items():
        for one in field.get("anyOf", [field]):
            if one.get("type") == "string":
                assert {"format", "pattern", "enum"} & set(one), name


def test_scopes_open_what_they_name_and_no_more() -> None:
    city, person, all_of_it = readable({CITY}), readable({PERSON}), {one.ce_type for one in LANGUAGE}
    assert person == all_of_it
    assert city == {one.ce_type for one in LANGUAGE if not one.is_about_a_person}
    assert city
    assert city < person
    payroll = readable({scope_of("result-finalised"), scope_of("result-superseded")})
    assert payroll == {f"id.kinerja.public.result-{word}.v1" for word in ("finalised", "superseded")}
    assert readable(set()) == readable({"events:nothing", "email"}) == frozenset()


def _recorded(event: type[Event]) -> Event:
    text = Path(GOLDEN / f"{event.ce_type()}.json").read_text(encoding="utf-8")
    return event.model_validate_json(text)
