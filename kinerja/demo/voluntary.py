"""What people do without owing it: ideas, questions, objections, words to the leader; and what the official decides."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.policy import Policy
from kinerja.demo import words
from kinerja.demo.acts import Acts
from kinerja.demo.people import Person
from kit.clock import Clock
from scoring.formula import assessed

_HELP = frozenset({"TRAINING_NEED", "COACHING"})


class Voluntary:
    """Acts by one city's people; every one is a call to a public API with the person's token."""

    def __init__(self, acts: Acts, clock: Clock, policies: Mapping[str, Policy]) -> None:
        self._acts = acts
        self._clock = clock
        self._assessed = frozenset(one.code for policy in policies.values() for one in assessed(policy))

    async def decide(self, authority: Person, cycle_id: UUID) -> None:
        """What the law gives to the appointing authority: signals and rewards, and recognitions."""
        of: dict[str, Any] = {"cycle_id": str(cycle_id), "limit": 500}
        proposed = (await self._acts.get(authority, "evaluation", "/proposals", state="PROPOSED", **of))["items"]
        ids = [one["id"] for one in proposed if one["kind"] in words.DECIDED]
        body = {"accepted": True, "reason": words.APPROVED}
        if ids:
            await self._acts.post(authority, "evaluation", "/proposals/decisions", body | {"proposal_ids": ids})
        recognitions = (await self._acts.get(authority, "feedback", "/recognitions", **of))["items"]
        for one in (one for one in recognitions if one["state"] == "PROPOSED"):
            yes = {"approved": True, "reason": words.APPROVED}
            await self._acts.post(authority, "feedback", f"/recognitions/{one['id']}/decision", yes)

    async def idea(self, person: Person, cycle_id: UUID) -> None:
        """Bring an idea to the leader."""
        body = {"cycle_id": str(cycle_id), **words.idea(person)}
        await self._acts.post(person, "feedback", "/ideas", body)

    async def pulse(self, person: Person, cycle_id: UUID) -> None:
        """Answer the pulse of the culture, where the city takes one."""
        path = f"/cycles/{cycle_id}/pulse"
        asked = await self._acts.get(person, "feedback", path)
        if asked["open"] and not asked["answered"]:
            answers = [3 + (person.id.int + place) % 3 for place, _ in enumerate(asked["statements"])]
            await self._acts.post(person, "feedback", path, {"answers": answers})

    async def name_colleagues(self, person: Person, cycle_id: UUID, colleagues: list[Person]) -> None:
        """Say who knows the own work and may assess it."""
        mine = await self._acts.get(
            person, "evaluation", "/appraisals", cycle_id=str(cycle_id), servant_id=str(person.id)
        )
        appraisal_id = UUID(mine["items"][0]["id"])
        path, body = f"/appraisals/{appraisal_id}/nominations", {"colleagues": [str(one.id) for one in colleagues]}
        await self._acts.put(person, "evaluation", path, body)

    async def answer_colleagues(self, rater: Person, person: Person, cycle_id: UUID) -> None:
        """Approve whom somebody of the own people named; of every four the last one is left to the draw."""
        query = {"cycle_id": str(cycle_id), "servant_id": str(person.id)}
        (hers,) = (await self._acts.get(rater, "evaluation", "/appraisals", **query))["items"]
        path = f"/appraisals/{hers['id']}/nominations"
        named = [one["colleague_id"] for one in (await self._acts.get(rater, "evaluation", path))["colleagues"]]
        if not named:
            return
        fewer = named[:-1] if person.id.int % 4 == 0 else named
        body = {"approved": fewer, "reason": None if fewer == named else words.NOT_THIS_COLLEAGUE}
        await self._acts.put(rater, "evaluation", f"{path}/answer", body)

    async def upward(self, person: Person, cycle_id: UUID) -> None:
        """Say something to the leader."""
        body = {"cycle_id": str(cycle_id), "about_id": str(person.rater_id), **words.UPWARD}
        await self._acts.post(person, "feedback", "/feedback", body)

    async def accept_help(self, office: Person, person: Person, cycle_id: UUID) -> None:
        """The official accepts training and coaching that a result suggests."""
        query = {"cycle_id": str(cycle_id), "servant_id": str(person.id), "state": "PROPOSED"}
        proposed = (await self._acts.get(office, "evaluation", "/proposals", **query))["items"]
        wanted = [one["id"] for one in proposed if one["kind"] in _HELP]
        if wanted:
            body = {"proposal_ids": wanted, "accepted": True, "reason": words.HELP}
            await self._acts.post(office, "evaluation", "/proposals/decisions", body)

    async def innovation(self, person: Person, cycle_id: UUID) -> None:
        """Write down an innovation."""
        await self._acts.post(person, "plans", "/initiatives", {"cycle_id": str(cycle_id), **words.innovation(person)})

    async def diary(self, person: Person, plan_id: UUID) -> None:
        """Log some days of work in one call."""
        day = self._clock.now() + timedelta(hours=7)
        entries = words.diary([(day - timedelta(days=back)).date().isoformat() for back in range(1, 4)])
        await self._acts.post(person, "plans", f"/plans/{plan_id}/activities", {"entries": entries})

    async def clarification(self, person: Person, appraisal_id: UUID) -> None:
        """Ask about the provisional result."""
        body = {"appraisal_id": str(appraisal_id), "text": words.CLARIFICATION, "items": ["result_rating"]}
        await self._acts.post(person, "feedback", "/clarifications", body)

    async def objection(self, person: Person, result_id: UUID) -> None:
        """Object to a result, with reasons."""
        result = await self._acts.get(person, "evaluation", f"/results/{result_id}")
        contested = words.contested(result["criteria"], self._assessed)
        body = {"result_id": str(result_id), "grounds": words.OBJECTION, "items": contested, "evidence": []}
        await self._acts.post(person, "feedback", "/objections", body)
