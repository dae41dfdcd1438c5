"""What the parts of a trace are called in both languages, and how numbers are spoken."""

from collections.abc import Mapping
from decimal import Decimal

from contracts.policy import Policy, Words
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
_OTHERS = {
    "local_score": Words(id="Nilai lokal", en="The local score"),
    "skp": Words(id="SKP", en="The plan"),
    "behaviour": Words(id="Perilaku", en="Behaviour"),
}


def known_names() -> dict[str, Words]:
    """What is called the same in every city, by its code."""
    return _SOURCES | _RATINGS | _GRADES | _OTHERS


class Names:
    """What things are called: criteria by the policy's labels, indicators by what the plan says."""

    def __init__(self, policy: Policy, indicators: Mapping[str, str] | None = None) -> None:
        self._known = known_names()
        self._known |= {criterion.code: criterion.label for criterion in policy.criteria}
        self._known |= {code: Words(id=text, en=text) for code, text in (indicators or {}).items()}

    def __call__(self, code: str | None) -> Words:
        text = (code or "").replace("_", " ")
        return self._known.get(code or "", Words(id=text, en=text))


def spoken(value: str | None) -> Words:
    """A number with two places, with the decimal sign of each language."""
    if value is None:
        return Words(id="-", en="-")
    text = f"{rounded(read(value)):f}"
    return Words(id=text.replace(".", ","), en=text)


def plain(value: str | None) -> Words:
    """A number as it was entered, without padding."""
    if value is None or "/" in value:
        return spoken(value)
    text = f"{Decimal(value):f}"
    return Words(id=text.replace(".", ","), en=text)
