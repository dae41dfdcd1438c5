"""The gate before published documents: every mutation of the table is judged as the table says, and nothing else is refused."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kinerja.cli import app
from kinerja.documents import released, written
from kinerja.documents.compatibility.judging import breaks
from kinerja.documents.released import RELEASED, accept, accepted, published, refused, release
from tests.contracts.mutations import PROPOSED, TABLE, Mutation

BEFORE = published() | {name: json.loads(schema) for name, schema in written.schemas().items()}
DAY = date(2027, 3, 1)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.document}: {row.what}")
def test_a_mutation_is_judged_as_the_table_says(row: Mutation) -> None:
    after = {**BEFORE, row.document: copy.deepcopy(BEFORE[row.document])}
    row.mutate(after[row.document])
    assert after[row.document] != BEFORE[row.document], "the mutation changes nothing"
    sentences = [one.sentence for one in breaks(BEFORE, after)]
    if row.refused is None:
        assert sentences == []
    else:
        assert any(row.refused in one for one in sentences), sentences
        assert all("This breaks " in one for one in sentences)


def test_the_table_has_forty_rows_and_both_answers() -> None:
    assert len(TABLE) >= 40
    assert len({(row.document, row.what) for row in TABLE}) == len(TABLE)
    assert sum(row.refused is None for row in TABLE) >= 12


def test_the_consumer_that_breaks_is_named() -> None:
    after = {**BEFORE, "plans.asyncapi.json": copy.deepcopy(BEFORE["plans.asyncapi.json"])}
    del after["plans.asyncapi.json"]["components"]["schemas"]["PlanProposed"]["properties"]["rater_id"]
    (found,) = [one for one in breaks(BEFORE, after) if one.subject == PROPOSED]
    assert "consumer notify" in found.reader
    assert "whoever subscribed to it" in found.reader


def test_a_document_that_goes_breaks_its_readers() -> None:
    after = {name: document for name, document in BEFORE.items() if name != "plans.openapi.json"}
    assert [one.what for one in breaks(BEFORE, after)] == ["is no longer published"]


def test_what_the_code_makes_now_breaks_nobody() -> None:
    found = refused(written.documents() | written.schemas())
    assert [one.sentence for one in found] == [], (
        "kinerja contracts --check says it; docs/howto/change-a-contract.md how on"
    )


def _as_text(documents: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(document) for name, document in documents.items()}


def _without_late() -> dict[str, str]:
    after = copy.deepcopy(BEFORE)
    del after["plans.asyncapi.json"]["components"]["schemas"]["PlanProposed"]["properties"]["late"]
    return _as_text(after)


def test_a_break_is_refused_until_it_is_accepted_with_a_reason_and_then_released(tmp_path: Path) -> None:
    release(_as_text(BEFORE), DAY, tmp_path)
    found = refused(_without_late(), tmp_path)
    assert len(found) == 1
    with pytest.raises(ValueError, match="nobody accepted"):
        release(_without_late(), DAY, tmp_path)
    with pytest.raises(ValueError, match="reason"):
        accept(found, " ", DAY, tmp_path)
    accept(found, "nobody ever read it", DAY, tmp_path)
    assert refused(_without_late(), tmp_path) == []
    assert release(_without_late(), DAY, tmp_path) == ["plans.asyncapi.json"]
    (entry,) = accepted(tmp_path)
    assert entry["reason"] == "nobody ever read it"
    assert entry["released"] == "2027-03-01"


def test_what_was_accepted_for_one_release_is_not_accepted_for_the_next(tmp_path: Path) -> None:
    release(_as_text(BEFORE), DAY, tmp_path)
    accept(refused(_without_late(), tmp_path), "for now", DAY, tmp_path)
    release(_without_late(), DAY, tmp_path)
    release(_as_text(BEFORE), DAY, tmp_path)  # it is told again
    assert len(refused(_without_late(), tmp_path)) == 1


def test_the_command_writes_nothing_while_something_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, kept = tmp_path / "api", tmp_path / "released"
    release(written.documents() | {"gone.openapi.json": '{"paths": {}}'}, DAY, kept)
    monkeypatch.setattr(released.refused, "__defaults__", (kept,))
    monkeypatch.setattr(released.accept, "__defaults__", (kept,))
    monkeypatch.setattr(released.accepted, "__defaults__", (kept,))
    refusal = CliRunner().invoke(app, ["contracts", "--to", str(place)])
    assert refusal.exit_code == 1
    assert "gone.openapi.json: is no longer published. This breaks whoever reads it" in refusal.output
    assert "--accept" in refusal.output
    assert not place.exists()
    meant = CliRunner().invoke(app, ["contracts", "--to", str(place), "--accept", "it was never used"])
    assert meant.exit_code == 0, meant.output
    assert (place / "plans.openapi.json").exists()
    assert [one["reason"] for one in accepted(kept)] == ["it was never used"]


def test_what_was_released_lies_in_the_tree() -> None:
    assert {name for name in BEFORE if name.endswith(".openapi.json")} >= {
        "plans.openapi.json",
        "registry.openapi.json",
    }
    assert (RELEASED / "accepted.json").exists()
