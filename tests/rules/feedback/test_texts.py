"""Texts that people must really write."""

import pytest

from kit.errors import Invalid
from services.feedback.texts import REASON, required


def test_words_of_blanks_are_no_words() -> None:
    assert required("  because ", name=REASON) == "because"
    with pytest.raises(Invalid, match="reason"):
        required(" \n", name=REASON)
