"""``Reads`` of recorded answers."""

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from services.portal.papers.rules.parts import Person
from services.portal.upstream.refusals import Refusal
from tests.support.answers.documents import held_against
from tests.support.answers.things import UNIT
from tests.support.papers.people import AUTHORITY, RATER, SERVANT

Answers = dict[tuple[str, str], Any]


class Answered:
    """``Reads`` of recorded answers; what is not recorded is not there, and what was forbidden stays forbidden."""

    def __init__(
        self, answers: Answers, *, forbidden: Collection[tuple[str, str]] = (), me: UUID | None = SERVANT.id
    ) -> None:
        assert me is not None
        self._me = me
        self._answers = answers
        self._forbidden = forbidden
        self.asked: list[tuple[str, str]] = []
        self.queries: dict[tuple[str, str], dict[str, Any]] = {}
        """With which parameters each was asked the last time."""

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """Every answer and every parameter is one that the route has."""
        asked = (service, path)
        self.asked.append(asked)
        self.queries[asked] = query
        if asked in self._forbidden:
            raise Refusal(403, "Not allowed", "not for you")
        if asked not in self._answers:
            raise Refusal(404, "Not found", "no such thing")
        answer = self._answers[asked]
        if isinstance(answer, list):
            answer = {"items": answer, "next": None, "total": None} | _BESIDE.get(asked, {})
        held_against(service, path, query, answer)
        return json.loads(json.dumps(answer))

    async def every(self, service: str, path: str, **query: Any) -> list[Any]:
        """The items of a list."""
        found: list[Any] = (await self.get(service, path, **query))["items"]
        return found

    async def people(self, ids: Collection[UUID]) -> Mapping[UUID, Person]:
        """The three of the golden forms."""
        here = {one.id: one.model_copy(update={"unit_id": UUID(UNIT)}) for one in (SERVANT, RATER, AUTHORITY)}
        return {asked: here[asked] for asked in ids if asked in here}

    async def me(self) -> UUID:
        """The servant, unless it is somebody else's turn."""
        return self._me

    async def city(self) -> tuple[str, str]:
        """A city in the middle of the country."""
        return "Pemerintah Kota Dumai", "Asia/Makassar"


_BESIDE: dict[tuple[str, str], dict[str, Any]] = {("feedback", "/feedback"): {"counts": {"DOWN": 1}}}
"""What a list answers beside its items."""
