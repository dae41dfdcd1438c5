"""Single values of a YAML document: which of YAML's many spellings are plain, and which are refused with their place."""

import re

import yaml

from kit.files import limits
from kit.files.characters import judge_characters
from kit.files.errors import FileErrors, Place, quoted

_TAG = "tag:yaml.org,2002:"
PLAIN = frozenset(_TAG + name for name in ("str", "int", "float", "bool", "null", "seq", "map"))
_NUMBERS = (_TAG + "int", _TAG + "float")
# YAML 1.1 also reads 0x1F, 010, 1_000, 190:20:30, .inf and .nan as numbers: in a policy each of them is a slip.
_NUMBER = re.compile(r"[-+]?(?P<digits>(0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?)")
_WORDS = {
    _TAG + "bool": re.compile(r"(?i:yes|no|true|false|on|off)"),
    _TAG + "null": re.compile(r"~|(?i:null)|"),
}


def judge_scalar(node: yaml.ScalarNode, place: Place, errors: FileErrors) -> None:
    """Note what a value may not be: too long, unseen, no plain number, or of a type that no document needs."""
    text = node.value
    if len(text) > limits.TEXT.most:
        limits.TEXT.note(place, errors)
    elif not judge_characters(text, place, errors):
        return
    elif node.tag in _NUMBERS:
        _judge_number(text, place, errors, whole=node.tag == _NUMBERS[0])
    elif node.tag in _WORDS and not _WORDS[node.tag].fullmatch(text):
        wrong = (f"'{quoted(text)}' is not of the type {node.tag}", f"'{quoted(text)}' bukan jenis {node.tag}")
        errors.add(place, wrong, ("remove the tag", "hapus tanda jenisnya"))


def _judge_number(text: str, place: Place, errors: FileErrors, *, whole: bool) -> None:
    found = _NUMBER.fullmatch(text)
    if found is None or (whole and found["fraction"]):
        shown = quoted(text)
        wrong = (f"'{shown}' is no plain number", f"'{shown}' bukan angka biasa")
        fix = (
            "write it with the digits 0 to 9, e.g. 14 or 2.5, or in quotation marks if it is a text",
            "tulis dengan angka 0 sampai 9, contoh 14 atau 2.5, atau beri tanda kutip bila berupa teks",
        )
        errors.add(place, wrong, fix)
    elif len(found["digits"].replace(".", "")) > limits.DIGITS.most:
        limits.DIGITS.note(place, errors)
    elif float(found["digits"]) > limits.NUMBER.most:
        limits.NUMBER.note(place, errors)
