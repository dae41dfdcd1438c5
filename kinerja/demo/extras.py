"""When people do what they do not owe: each thing once, at a time that follows from what the feed of obligations tells."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.base import AssessorRole
from contracts.policy import PeerSelection, Policy
from kinerja.demo.acts import Acts
from kinerja.demo.agenda import Act, Agenda
from kinerja.demo.examples import Examples
from kinerja.demo.learning import Learning
from kinerja.demo.people import Habit, Person
from kinerja.demo.voluntary import Voluntary
from kit.clock import Clock

FINAL_AFTER = timedelta(days=24)
"""When somebody who read a result and did not object looks whether it is final."""
HEARD_AFTER = timedelta(days=4)
"""When people of other units have heard of a good practice."""
NAMED = 2
"""Colleagues whom somebody names, where the policy lets people do so."""
LOOKS = 3
"""How often somebody looks at the own to-do list for colleagues to assess, a day apart."""


class Extras:
    """What the people of one city do besides."""

    def __init__(
        self,
        acts: Acts,
        agenda: Agenda,
        clock: Clock,
        policies: Mapping[str, Policy],
        own_list: Callable[[Person], Awaitable[None]],
    ) -> None:
        """``own_list``: somebody looks at the own to-do list."""
        self.authority: Person | None = None
        """Whom the city has declared as appointing authority; decides without owing it."""
        self.year: UUID | None = None
        """The cycle of those units of the city that chose a year; it still runs when the half year is over."""
        self._people = acts.people
        self._office = next(p for p in acts.people.values() if "PERFORMANCE_OFFICE" in p.roles)
        self._voluntary = Voluntary(acts, clock, policies)
        self._examples = Examples(acts, self._office)
        self._learning = Learning(acts)
        self._agenda = agenda
        self._clock = clock
        self.own_list = own_list
        self._asking_peers = {scope for scope, policy in policies.items() if policy.source(AssessorRole.PEER)}
        self._naming = {scope for scope, policy in policies.items() if _names(policy)}
        self._keeping_log = {scope for scope, policy in policies.items() if policy.features.daily_log}
        self._done: set[tuple[str, UUID]] = set()

    def consider(self, row: dict[str, Any]) -> None:
        """What people do without owing it: ideas, innovations, diaries, questions, objections, decisions."""
        cycle_id, subject = UUID(row["cycle_id"]), UUID(row["subject_id"])
        if row["kind"] == "REVIEW_SYSTEM" and (mayor := self.authority) is not None:
            self._once(
                f"decisions {cycle_id}", mayor, self._clock.now(), lambda: self._voluntary.decide(mayor, cycle_id)
            )
        about = self._people.get(UUID(row["about_id"])) if row["about_id"] else None
        if about is None:
            return
        if row["kind"] == "ASSESS" and about.scope in self._asking_peers:
            self._look_for_colleagues(about, cycle_id)
        match row["kind"], row["state"]:
            case "ACKNOWLEDGE_STANDARD", "OPEN":
                self._learn(about, cycle_id)
            case "GIVE_FEEDBACK", "OPEN":
                self._bring(about, cycle_id)
            case "ANSWER_PLAN", "DONE" if about.scope in self._keeping_log:
                later = self._clock.now() + timedelta(days=10 + about.luck.uniform(1, 25))
                self._once("diary", about, later, lambda: self._voluntary.diary(about, subject))
            case "ASSESS", "DONE" if about.clarifies:
                when = self._clock.now() + timedelta(days=0.5)
                self._once("clarification", about, when, lambda: self._voluntary.clarification(about, subject))
            case "ACKNOWLEDGE_RESULT", "DONE":
                self._after_result(about, subject)
                self._judge(about, cycle_id)
            case "PLAN_DEVELOPMENT", "OPEN":
                who, when = self.authority or self._office, self._clock.now() + timedelta(days=0.3)
                self._once("help", about, when, lambda: self._voluntary.accept_help(who, about, cycle_id))

    def _bring(self, person: Person, cycle_id: UUID) -> None:
        """While the cycle runs: ideas and innovations, and what is said upward and of the culture."""
        soon = self._clock.now() + timedelta(days=person.luck.uniform(1, 25))
        if person.has_idea:
            self._once("idea", person, soon, lambda: self._voluntary.idea(person, cycle_id))
        if person.innovates:
            self._once("innovation", person, soon, lambda: self._voluntary.innovation(person, cycle_id))
        self._speak(person, cycle_id, soon)
        if person.scope in self._naming:
            self._name_colleagues(person, cycle_id, soon)

    def _after_result(self, person: Person, result_id: UUID) -> None:
        """Whoever has read a result objects to it, or leaves an example to others."""
        if person.objects:
            when = self._clock.now() + timedelta(days=person.luck.uniform(1, 5))
            self._once("objection", person, when, lambda: self._voluntary.objection(person, result_id))
        elif person.innovates:
            when = self._clock.now() + FINAL_AFTER
            self._once("example", person, when, lambda: self._leave_example(person, result_id))

    async def _leave_example(self, person: Person, result_id: UUID) -> None:
        """A practice for the library; the first one is taken over where a year still runs, once plans know of it."""
        practice, year = await self._examples.tell(person, result_id), self.year
        if practice is not None and year is not None:
            when = self._clock.now() + HEARD_AFTER
            self._once("taken over", self._office, when, lambda: self._examples.take_over(practice, person, year))

    def _speak(self, person: Person, cycle_id: UUID, when: datetime) -> None:
        """Of every five people four answer the pulse, and one in two says something to the leader."""
        # By the id and not by luck: what they do besides stays as it was.
        if person.id.int % 5:
            self._once("pulse", person, when, lambda: self._voluntary.pulse(person, cycle_id))
        if person.id.int % 2 and person.rater_id is not None:
            later = when + timedelta(days=2)
            self._once("upward", person, later, lambda: self._voluntary.upward(person, cycle_id))

    def _name_colleagues(self, person: Person, cycle_id: UUID, when: datetime) -> None:
        """Two of three people name colleagues of the same rater, who answers unless he or she is silent."""
        rater = self._people.get(person.rater_id) if person.rater_id else None
        beside = [one for one in self._people.values() if one.rater_id == person.rater_id and one.id != person.id]
        if rater is None or len(beside) < NAMED or person.id.int % 3 == 0:
            return
        chosen = sorted(beside, key=lambda one: (one.id.int ^ person.id.int) % 9973)[:NAMED]
        self._once("naming", person, when, lambda: self._voluntary.name_colleagues(person, cycle_id, chosen))
        if rater.habit not in (Habit.SILENT_RATER, Habit.ABSENT_RATER):
            later = when + timedelta(days=3)
            self._once("named", person, later, lambda: self._voluntary.answer_colleagues(rater, person, cycle_id))

    def _learn(self, person: Person, cycle_id: UUID) -> None:
        """Of every four people three answer the quiz within the first weeks."""
        if person.id.int % 4:
            when = self._clock.now() + timedelta(days=2 + person.id.int % 12)
            self._once("quiz", person, when, lambda: self._learning.quiz(person, cycle_id))

    def _judge(self, person: Person, cycle_id: UUID) -> None:
        """Of every five people four answer the survey once they know their result."""
        if person.id.int % 5:
            when = self._clock.now() + timedelta(days=1)
            self._once("survey", person, when, lambda: self._learning.survey(person, cycle_id))

    def _look_for_colleagues(self, person: Person, cycle_id: UUID) -> None:
        for day in range(LOOKS):
            when = self._clock.now() + timedelta(days=day + person.luck.uniform(0.3, 0.8))
            self._once(f"colleagues {day} {cycle_id}", person, when, lambda: self.own_list(person))

    def _once(self, what: str, person: Person, when: datetime, act: Act) -> None:
        if (what, person.id) not in self._done:
            self._done.add((what, person.id))
            self._agenda.plan(when, act)


def _names(policy: Policy) -> bool:
    peers = policy.source(AssessorRole.PEER)
    return peers is not None and peers.selection is PeerSelection.NOMINATED
