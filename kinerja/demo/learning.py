"""How simulated people learn the system and judge it: the quiz, a trial plan, a second session, the survey at the end."""

from typing import Any
from uuid import UUID

from kinerja.demo import words
from kinerja.demo.acts import Acts
from kinerja.demo.people import Person

_OF_FIVE = 3
"""Of five people three try a plan out; by the id and not by luck, so that whatever else people do stays as it was."""


class Learning:
    """Acts that nobody owes."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts

    async def quiz(self, person: Person, cycle_id: UUID) -> None:
        """Answer the quiz; whoever has learnt from it what was right answers once more."""
        path = f"/cycles/{cycle_id}/quiz"
        asked = (await self._acts.get(person, "feedback", path))["questions"]
        if not asked:
            return
        guessed = [_answer(one, 1 + (person.id.int + place) % len(one["options"])) for place, one in enumerate(asked)]
        told = await self._acts.post(person, "feedback", path, {"answers": guessed})
        if told["right"] < told["asked"] and person.id.int % 2:
            learnt = [_answer(one, one["right"]) for one in told["questions"]]
            await self._acts.post(person, "feedback", path, {"answers": learnt})
        if person.id.int % 5 < _OF_FIVE:
            await self._acts.post(person, "plans", "/trial-plans", words.TRIAL)

    async def survey(self, person: Person, cycle_id: UUID) -> None:
        """Say what one thinks of the system, where the city asks."""
        path = f"/cycles/{cycle_id}/survey"
        asked = await self._acts.get(person, "feedback", path)
        if asked["open"] and not asked["answered"]:
            answers = [2 + (person.id.int + place) % 4 for place, _ in enumerate(asked["statements"])]
            await self._acts.post(person, "feedback", path, {"answers": answers})


def _answer(question: dict[str, Any], option: int) -> dict[str, Any]:
    return {"question_id": question["id"], "option": option}
