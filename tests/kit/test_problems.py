"""A refusal is told to each reader in his or her language, whoever was told of it before."""

from kit.errors import Invalid, fault
from kit.problems import document

PLACE = fault("reason", "required", "wajib", most=3)


def test_the_same_place_is_told_to_one_reader_after_another_in_the_language_of_each() -> None:
    error = Invalid("say why", "sebutkan alasan", errors=[PLACE])
    told = [document(error, tongue)["errors"] for tongue in ("en", "id", "en")]
    assert told == [[{"where": "reason", "detail": words, "most": 3}] for words in ("required", "wajib", "required")]


def test_what_is_said_in_one_language_alone_stays_as_it_is() -> None:
    error = Invalid("no", "tidak", errors=[{"where": "x", "detail": "as it came"}], total=1)
    assert document(error, "id")["errors"] == [{"where": "x", "detail": "as it came"}]
    assert document(error, "id")["total"] == 1
