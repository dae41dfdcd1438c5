"""How much a plan may say in all: as much as one message about it takes, with room for what is reported later."""

import json

from kit.errors import Invalid
from services.plans.plans.rules.content import Content

MOST_BYTES = 600_000
"""Of what others are told of a plan; a message takes a million bytes, and reasons and evidence of reports come on top."""
_EACH = 300
"""Of an indicator beside its words: identity, target, weight and the names of all that."""


def told(content: Content) -> int:
    """Bytes of the words and numbers of a plan that a message about it carries, as it is written in one."""
    indicators = sum(_EACH + _written(one.statement) + _written(one.unit) for one in content.indicators)
    return indicators + sum(_EACH + _written(one.expectation) for one in content.expectations)


def require_tellable(content: Content) -> None:
    """Raises Invalid, to whoever writes it, for a plan that nobody could be told of once it is set."""
    if (size := told(content)) > MOST_BYTES:
        raise Invalid(
            f"the indicators and expectations of this plan are too long in all ({size} bytes, at most {MOST_BYTES}): "
            "shorten their texts, or join indicators",
            f"indikator dan ekspektasi rencana ini terlalu panjang ({size} bita, paling banyak {MOST_BYTES}): "
            "ringkas teksnya atau gabungkan indikator",
            where="results",
        )


def _written(text: str) -> int:
    # As JSON writes it: quotes, backslashes and control characters take more room there than in the text.
    return len(json.dumps(text, ensure_ascii=False).encode())
