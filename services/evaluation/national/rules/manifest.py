"""The rows of a batch as one text, from which anybody makes the SHA-256 of its manifest again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from services.evaluation.reports.rules.records import Record

COLUMNS = tuple(field.serialization_alias or name for name, field in Record.model_fields.items())
"""Of a row, in the spelling and order of the national form."""


def content_of(record: Record) -> dict[str, Any]:
    """A row as it is kept, shown and sent."""
    return record.model_dump(mode="json", by_alias=True)


def line_of(content: Mapping[str, Any]) -> str:
    """A row as one line: JSON with its names in their order and no blank between."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


class Digest:
    """The SHA-256 of rows in their order, one line each, in UTF-8."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, content: Mapping[str, Any]) -> None:
        """One more row."""
        self._sum.update(line_of(content).encode())

    def told(self) -> str:
        """In hexadecimal digits."""
        return self._sum.hexdigest()
