"""The published JSON Schema is what the code says, and tells editors what every key means."""

import json
from typing import Any

import pytest
import yaml

from contracts.policy import Policy
from kinerja.library import CITIES
from policy.json_schema import policy_schema
from policy.shipped import ROOT

PUBLISHED = ROOT / "docs" / "policy.schema.json"
FILES = sorted(
    [*CITIES.glob("*/policy.yaml"), *CITIES.parent.glob("regulations/*.yaml"), *CITIES.parent.glob("provinces/*.yaml")]
)


def test_the_published_schema_is_what_the_code_generates() -> None:
    """Else: kinerja policy schema > docs/policy.schema.json."""
    assert json.loads(PUBLISHED.read_text()) == policy_schema()


def test_every_key_of_a_policy_is_in_it_with_a_meaning() -> None:
    properties = policy_schema()["properties"]
    assert set(properties) == set(Policy.model_fields) - {"version"} | {"holidays", "regulation"}
    definitions = policy_schema()["$defs"]
    for key, one in properties.items():
        named = one.get("$ref", one.get("items", {}).get("$ref", "")).rpartition("/")[2]
        assert one.get("description") or definitions.get(named, {}).get("description"), key


def test_nothing_is_required_of_a_layer_but_items_of_lists_are_whole() -> None:
    schema = policy_schema()
    assert "required" not in schema
    assert schema["$defs"]["Criterion"]["required"] == ["code", "label", "axis", "weight"]
    assert schema["additionalProperties"] is False
    assert all(one["additionalProperties"] is False for one in schema["$defs"].values() if one["type"] == "object")


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(CITIES.parent)) for path in FILES])
def test_every_committed_file_names_the_schema_and_only_keys_that_it_knows(path: Any) -> None:
    text = path.read_text()
    head = text.partition("\n")[0]
    assert head.startswith("# yaml-language-server: $schema=")
    assert (path.parent / head.partition("=")[2]).resolve() == PUBLISHED
    assert set(yaml.safe_load(text)) <= set(policy_schema()["properties"])
