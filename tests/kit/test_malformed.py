"""What is wrong with a request is said in both languages, whatever pydantic calls it, and quotes nobody."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

import pytest
from pydantic import BaseModel, Field, ValidationError
from pydantic_core import core_schema

from contracts.written import Day, Instant
from kit.malformed import _INDONESIAN, place


class Wish(BaseModel):
    """One field of each kind."""

    text: str = Field(default="", min_length=1, max_length=3, pattern="^[a-z]*$")
    number: int = Field(default=1, ge=1, le=3)
    exact: Decimal = Field(default=Decimal(1), gt=0, lt=5, max_digits=3, decimal_places=1)
    yes: bool = True
    word: Literal["A", "B"] = "A"
    day: Day = date(2026, 1, 1)
    at: Instant | None = None
    listed: list[int] = Field(default=[1], min_length=1, max_length=2)
    nested: dict[str, int] = {}


WRONG: list[dict[str, Any]] = [
    {"text": 5},
    {"text": ""},
    {"text": "rahasia"},
    {"text": "R"},
    {"number": "rahasia"},
    {"number": 0},
    {"number": 9},
    {"number": 1.5},
    {"number": "9" * 5_000},
    {"exact": "rahasia"},
    {"exact": "NaN"},
    {"exact": 0},
    {"exact": 7},
    {"exact": "1.234"},
    {"yes": "rahasia"},
    {"word": "rahasia"},
    {"day": 20_260_131},
    {"at": "rahasia"},
    {"at": "2026-01-31T08:00:00"},
    {"listed": []},
    {"listed": [1, 2, 3]},
    {"listed": "rahasia"},
    {"nested": "rahasia"},
    {"nested": {"a": "rahasia"}},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_each_place_says_what_is_wrong_in_both_languages_without_quoting(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        Wish.model_validate(wrong)
    for error in caught.value.errors():
        english, indonesian = place(error, "en"), place(error, "id")
        assert english["where"] == indonesian["where"]
        assert english["type"] == indonesian["type"]
        assert indonesian["detail"] not in ("", english["detail"])
        assert "…" not in indonesian["detail"]
        assert "rahasia" not in english["detail"] + indonesian["detail"]


def test_every_word_belongs_to_an_error_that_pydantic_knows() -> None:
    assert set(_INDONESIAN) - set(get_args(core_schema.ErrorType)) <= {"union_tag_invalid"}
