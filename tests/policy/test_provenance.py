"""Which layer set each value: regulation, province, city or unit (issue 3; docs/domain.md 5.1, 0.8)."""

import pytest

from contracts.obligations import ObligationKind
from policy.judgement import Effective
from policy.markers import Kind
from policy.provenance import IDENTITY, SOFTWARE, Layered, Origin, dotted, leaves, parsed, undotted, written
from policy.shipped import shipped
from services.registry.imports.rules.judgement import KnownPolicy
from tests.support.files_of import judged
from tests.support.library_of import document, effective, line_of, replaced, text_of

PLACES = ("palembang", "plaju", "sawahlunto", "binjai", "dumai")


def origin(found: Effective, path: str) -> Origin:
    return found.origins[undotted(path)]


@pytest.mark.parametrize("place", PLACES)
def test_every_value_of_a_place_comes_from_a_document_and_a_line(place: str) -> None:
    found = effective(text_of(place))
    values = dict(leaves(found.policy.model_dump(mode="json", exclude=set(IDENTITY))))
    assert set(found.origins) == set(values)
    layers = {one.layer for one in found.origins.values()}
    assert SOFTWARE not in layers
    assert {"pp-30-2019", "permenpanrb-6-2022", found.scope} <= layers
    assert all(one.line for one in found.origins.values())
    assert all(one.note for one in found.origins.values() if one.kind is Kind.LAW)


@pytest.mark.parametrize(
    ("path", "layer", "kind", "words"),
    [
        ("criteria.2.weight", "16.71.14", Kind.PLACEHOLDER, ""),
        ("criteria.2.code", "16.71.14", Kind.OWN, "disiplin"),
        ("consequences.development_below", "16.71.14", Kind.PLACEHOLDER, "training or guidance"),
        ("sources.0.role", "16.71", Kind.OWN, "the direct superior"),
        ("period_months", "16.71", Kind.OWN, "six months or one year"),
        ("moderation.source_gap", "16", Kind.PLACEHOLDER, "raters of all cities"),
        ("objection.file_within", "permenpanrb-6-2022", Kind.LAW, "art. 29"),
        ("objection.statements_within", "permenpanrb-6-2022", Kind.PLACEHOLDER, ""),
        ("ladders.DECIDE_OBJECTION.due_days", "permenpanrb-6-2022", Kind.LAW, "clock 9"),
        ("moderation.spread_minimum", "permenpanrb-6-2022", Kind.PLACEHOLDER, ""),
        ("distribution.guides.GOOD.limits.0.at_most", "permenpanrb-6-2022", Kind.LAW, "SE MenPANRB 3/2023"),
        ("bands.0.at_least", "pp-30-2019", Kind.LAW, "art. 41"),
        ("considers_peers_and_reports", "pp-30-2019", Kind.LAW, "art. 41(2)-(4)"),
    ],
)
def test_plaju_knows_the_layer_of_each_value(path: str, layer: str, kind: Kind, words: str) -> None:
    """Plaju stands on Palembang, on the province, on the two regulations."""
    found = origin(effective(text_of("plaju")), path)
    assert (found.layer, found.kind) == (layer, kind)
    assert words in found.note


def test_the_line_is_the_one_on_which_the_value_stands() -> None:
    found = effective(text_of("plaju"))
    assert origin(found, "consequences.development_below").line == line_of(text_of("plaju"), "development_below:")
    law = origin(found, "objection.file_within")
    text = text_of("regulations/permenpanrb-6-2022.yaml")
    assert (law.file, law.line) == ("deploy/regulations/permenpanrb-6-2022.yaml", line_of(text, "file_within"))


def test_a_replaced_list_keeps_nothing_of_the_layer_below() -> None:
    text = text_of("plaju") + "ladders:\n  ASSESS: {rungs: [{days: 0, step: REMIND}]}\n"
    found = effective(text)
    assert [one.days for one in found.policy.ladder(ObligationKind.ASSESS).rungs] == [0]
    assert origin(found, "ladders.ASSESS.rungs.0.days").layer == "16.71.14"
    assert origin(found, "ladders.ASSESS.due_days").layer == "permenpanrb-6-2022"
    assert not [path for path in found.origins if path[:3] == ("ladders", "ASSESS", "rungs") and path[3] == 1]


def test_what_nobody_wrote_is_the_default_of_what_somebody_wrote() -> None:
    found = origin(effective(text_of("plaju")), "criteria.0.locked")
    assert (found.layer, found.implied, found.kind) == ("16.71.14", True, Kind.PLACEHOLDER)


def test_numbers_of_a_confirmed_policy_are_its_own() -> None:
    text = replaced(text_of("plaju"), "placeholder: true", "placeholder: false")
    assert origin(effective(text), "criteria.0.weight").kind is Kind.PLACEHOLDER
    unmarked = replaced(text, "; weight: placeholder", "")
    assert origin(effective(unmarked), "criteria.0.weight").kind is Kind.OWN


def test_a_province_changes_its_cities_and_no_others() -> None:
    """Scope 16 is Sumatera Selatan (docs/domain.md 3.3); Dumai lies in 14."""
    province = replaced(text_of("provinces/16.yaml"), "source_gap: 15", "source_gap: 12  # province: agreed")
    for place in ("palembang", "plaju"):
        found = effective(text_of(place), province)
        assert found.policy.moderation.source_gap == 12
        assert origin(found, "moderation.source_gap").note == "agreed"
    assert effective(text_of("dumai"), province).policy.moderation.source_gap == 15


def test_a_province_ships_with_the_software_and_an_import_stands_on_it() -> None:
    found, errors = judged(policy=text_of("palembang"), servants=None)
    assert errors == []
    assert shipped("16") is not None
    assert origin(found.policies[0], "moderation.source_gap").layer == "16"
    assert found.policies[0].policy.scope == "16.71"


def test_provenance_survives_as_json_and_lets_an_heir_be_judged_again() -> None:
    """Palembang changes; recorded Plaju is made anew and still knows the lines of its own document."""
    palembang, plaju = effective(text_of("palembang")), effective(text_of("plaju"))
    assert parsed(written(plaju.origins)) == plaju.origins
    recorded = {
        one.scope: KnownPolicy(one.inherits, one.document, one.policy.model_dump(mode="json"), written(one.origins))
        for one in (palembang, plaju)
    }
    text = replaced(text_of("palembang"), "share: 100}  # city: the direct", "share: 100}  # city: only the direct")
    found, errors = judged(policy=text, units=None, servants=None, policies=recorded)
    assert errors == []
    heir = found.policies[1]
    assert origin(heir, "sources.0.role").note == "only the direct superior rates"
    changed = {path for path, one in heir.origins.items() if one != plaju.origins[path] and not one.implied}
    assert {dotted(path) for path in changed if heir.origins[path].layer == "16.71.14"} == set()


def test_layers_without_any_record_of_lines_still_name_themselves() -> None:
    """Versions from before provenance was kept."""
    above = effective(text_of("palembang"))
    base = Layered.recorded(above.policy.model_dump(mode="json"), None)
    layered = base.over(document(text_of("plaju")))
    assert layered.origins["name",].layer == "16.71.14"
