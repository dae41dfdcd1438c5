"""What the parts of a trace are called in both languages, and how numbers are written in a sentence."""

from collections.abc import Mapping
from decimal import Decimal

from contracts.policy import Policy, Words
from scoring.levels import level_of
from scoring.numbers import read, rounded

_SOURCES = {
    "SUPERIOR": Words(id="atasan", en="the superior"),
    "PEER": Words(id="rekan kerja", en="peers"),
    "PANEL": Words(id="tim evaluasi independen", en="the independent panel"),
}
_RATINGS = {
    "ABOVE": Words(id="di atas ekspektasi", en="above expectation"),
    "MEETS": Words(id="sesuai ekspektasi", en="as expected"),
    "BELOW": Words(id="di bawah ekspektasi", en="below expectation"),
}
_GRADES = {
    "VERY_GOOD": Words(id="Sangat Baik", en="Very good"),
    "GOOD": Words(id="Baik", en="Good"),
    "FAIR": Words(id="Cukup", en="Fair"),
    "NEEDS_IMPROVEMENT": Words(id="Butuh Perbaikan", en="Needs improvement"),
    "POOR": Words(id="Kurang", en="Poor"),
    "VERY_POOR": Words(id="Sangat Kurang", en="Very poor"),
    "OUTSTANDING": Words(id="Istimewa", en="Outstanding"),
}
_NUMBERS = {
    "local_score": Words(id="Nilai lokal", en="The local score"),
    "skp": Words(id="SKP", en="The plan"),
    "behaviour": Words(id="Perilaku", en="Behaviour"),
}


def known_names() -> dict[str, Words]:
    """What is called the same in every city, by its code."""
    return _SOURCES | _RATINGS | _GRADES | _NUMBERS


class Names:
    """Names by code: criteria by the policy's labels, indicators by the plan's titles (code to title, in Indonesian)."""

    def __init__(self, policy: Policy, indicators: Mapping[str, str] | None = None) -> None:
        self._known = known_names()
        # The city's own words win over the common ones.
        self._known |= {criterion.code: criterion.label for criterion in policy.criteria}
        self._criteria = {criterion.code: criterion for criterion in policy.criteria}
        self._known |= {code: Words(id=text, en=text) for code, text in (indicators or {}).items()}

    def __call__(self, code: str | None) -> Words:
        text = (code or "").replace("_", " ")
        return self._known.get(code or "", Words(id=text, en=text))

    def level(self, code: str, value: str | None) -> Words | None:
        """The policy's words for a criterion's score as it is shown (PLB-4); None where it ties none to points."""
        criterion = self._criteria.get(code)
        if criterion is None or value is None:
            return None
        found = level_of(criterion, rounded(read(value)))
        return None if found is None else found.descriptor


def two_places(value: str | None) -> Words:
    """An exact number (see ``numbers.written``) to two places, with the decimal sign of each language; None is a dash."""
    if value is None:
        return Words(id="-", en="-")
    text = f"{rounded(read(value)):f}"
    return Words(id=text.replace(".", ","), en=text)


def as_entered(value: str | None) -> Words:
    """A number as it was entered, without padding; one without an end to its decimals, and None, as ``two_places``."""
    if value is None or "/" in value:
        return two_places(value)
    text = f"{Decimal(value):f}"
    return Words(id=text.replace(".", ","), en=text)
