"""Says in words where a value comes from, for the commands that show policies."""

from kinerja.options import Language
from kinerja.policy_source import Shown
from policy.markers import Kind
from policy.provenance import SOFTWARE, Origin

_KINDS = {
    Kind.LAW: {Language.EN: "law", Language.ID: "hukum"},
    Kind.OWN: {Language.EN: "own rule", Language.ID: "aturan sendiri"},
    Kind.PLACEHOLDER: {Language.EN: "placeholder", Language.ID: "sementara"},
}
_IMPLIED = {Language.EN: "not written, the default", Language.ID: "tidak ditulis, nilai bawaan"}
COLOURS = {Kind.LAW: "green", Kind.OWN: "cyan", Kind.PLACEHOLDER: "yellow"}
LAYER_COLOUR = "bold"


def kind_of(origin: Origin, language: Language) -> str:
    """What stands behind a value: law, a rule of its own, a placeholder, or nothing that was written."""
    return _IMPLIED[language] if origin.implied else _KINDS[origin.kind][language]


def place_of(origin: Origin) -> str:
    """``deploy/cities/plaju/policy.yaml:18``, in the form that editors make a link of; empty for defaults."""
    if origin.layer == SOFTWARE or not origin.file:
        return ""
    return origin.file if origin.line is None else f"{origin.file}:{origin.line}"


def sourced(shown: Shown, origin: Origin, language: Language) -> str:
    """Layer, kind, article and place in one line."""
    note = f": {origin.note}" if origin.note else ""
    parts = (shown.label(origin.layer), kind_of(origin, language) + note, place_of(origin))
    return ", ".join(part for part in parts if part)
