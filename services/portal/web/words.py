"""The words of pages, both languages side by side: ``words.yaml`` in every room, asked for by ``room.key``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOMS = Path(__file__).parents[1]
LANGUAGES = ("id", "en")


class Wordless(LookupError):
    """A page asks for words that nobody wrote; says which."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text by ``room.key``, each in both languages."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(ROOMS.glob("*/words.yaml")):
        texts = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        found |= {f"{file.parent.name}.{key}": text for key, text in texts.items()}
    return found


def say(language: str, key: str, **values: Any) -> str:
    """A text in a language, with its values in their places; raises Wordless for an unknown one."""
    try:
        text = catalogue()[key][language]
    except KeyError as error:
        raise Wordless(f"{key} has no words in {language!r}: add them to words.yaml of the room") from error
    return text.format(**values) if values else text


def known(key: str) -> bool:
    """Whether there are such words."""
    return key in catalogue()
