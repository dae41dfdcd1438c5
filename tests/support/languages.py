"""Words by which a text shows in which language it is, and what of the other one stands in it."""

import re

ENGLISH = frozenset(
    "the is are not of for this that must has was with who whom from before after already there nobody only and or"  # noqa: SIM905 - a line of words
    " which been have its your you they an".split()
)
INDONESIAN = frozenset(
    "yang tidak belum sudah untuk dari dengan atau oleh pada adalah harus ini itu hanya bila dan telah akan dapat".split()  # noqa: SIM905 - the same
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_QUOTED = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"")
"""Names of things stand in quotation marks: they are what they are in either language."""


def strange(text: str, words: frozenset[str]) -> frozenset[str]:
    """Those of the words that stand in the text."""
    return words & {one.lower() for one in _WORD.findall(_QUOTED.sub(" ", text))}
