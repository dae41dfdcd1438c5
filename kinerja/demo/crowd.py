"""The crowd: follows the obligation feed of each city and lets every person act at his or her own time.

Whom somebody assesses as a colleague no feed tells: once a cycle is evaluated, everybody looks at his or her own to-do list.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from contracts.obligations import UNNAMED
from contracts.policy import Policy
from kinerja.demo.acts import Acts, Todo
from kinerja.demo.agenda import Agenda
from kinerja.demo.extras import Extras
from kinerja.demo.http import Apis
from kinerja.demo.people import Habit, Person
from kinerja.demo.players import Players
from kit.clock import Clock

PAGE = 500
POLL_SECONDS = 0.4
MORNING = time(2)
"""UTC: the working day has begun in all of the places."""
_SLOW = frozenset({"PROPOSE_PLAN", "REPORT_ACTUALS"})
_PROMPT = frozenset(
    {
        "ACKNOWLEDGE_RESULT",
        "ASSESS_PEER",
        "GIVE_STATEMENT",
        "DECIDE_OBJECTION",
        "REPORT_UPWARD",
        "RESPOND_TO_VISIT",
    }
)
"""What people do soon: they are curious, it is little work, or others wait."""
_SILENCE = {
    Habit.SILENT_RATER: frozenset({"ANSWER_PLAN", "ASSESS", "ISSUE_RESULT", "GIVE_FEEDBACK"}),
    Habit.ABSENT_RATER: frozenset({"ANSWER_PLAN", "ASSESS"}),
    Habit.SILENT_SERVANT: frozenset({"PROPOSE_PLAN", "CONFIRM_PLAN", "REPORT_ACTUALS", "ACKNOWLEDGE_STANDARD"}),
}
"""What each kind of person never does; it is handed over, lapses, or is reminded for ever."""


class Crowd:
    """The simulated people of one city."""

    def __init__(
        self,
        apis: Apis,
        people: dict[UUID, Person],
        clock: Clock,
        policies: Mapping[str, Policy],
        players: Players | None = None,
    ) -> None:
        self.people = people
        self.acts = Acts(apis, people, clock, policies)
        self.players = self.acts.players = players or Players()
        self.obligations: dict[UUID, dict[str, Any]] = {}
        self.agenda = Agenda(clock)
        self.acts.waiting = self._waiting
        self.acts.again_from = self._plan_again
        self.everybody: Callable[[], Awaitable[list[Person]]] = _nobody
        """Asks the registry anew; somebody may be imported while the play runs."""
        self._clock = clock
        self._scopes = policies.keys()
        self._office = next(p for p in people.values() if "PERFORMANCE_OFFICE" in p.roles)
        self.extras = Extras(self.acts, self.agenda, clock, policies, self._own_list)
        self._planned: set[tuple[UUID, UUID]] = set()
        self._strangers: set[UUID] = set()
        """Of whom the registry did not tell either: the mayor, who is no civil servant, or somebody who moved away."""
        self._peers: Counter[UUID] = Counter()
        self._visits: Counter[str] = Counter()
        self._cursor: str | None = None
        self._caught_up = False
        self._late_news = timedelta(0)

    @property
    def office(self) -> Person:
        """The person of the performance office."""
        return self._office

    def behind(self) -> timedelta:
        """By how much people act later than they would, hear of what they owe later than it was opened, or are waited for."""
        waited = self.players.late(self.obligations.values(), self.people, self._clock.now())
        return max(self.agenda.behind(), self._late_news, waited)

    async def run(self) -> None:
        """Follow the feed and act, for ever."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow())
            group.create_task(self.agenda.run(group))

    async def _follow(self) -> None:
        while True:
            page = await self.acts.get(self._office, "notify", "/obligations", cursor=self._cursor, limit=PAGE)
            rows, self._cursor = page["items"], page["resume"]
            self._late_news = self._latest(rows)
            await self._meet(rows)
            for row in rows:
                self.obligations[UUID(row["id"])] = row
                self._consider(row)
            if page["next"] is None:
                self._caught_up = True
                await asyncio.sleep(POLL_SECONDS)

    async def _meet(self, rows: list[dict[str, Any]]) -> None:
        """Whoever is named here and not known yet came after the play had begun; he or she does everything on time."""
        named = {UUID(row[who]) for row in rows for who in ("debtor_id", "about_id") if row[who]}
        if named <= self.people.keys() | self._strangers:
            return
        for person in await self.everybody():
            if person.scope in self._scopes:
                self.people.setdefault(person.id, person)
        self._strangers |= named - self.people.keys()

    def _latest(self, rows: list[dict[str, Any]]) -> timedelta:
        """How long ago the newest obligation among these was opened; nothing while an earlier run is being read again."""
        opened = [
            row["opened_at"] for row in rows if row["state"] == "OPEN" and UUID(row["id"]) not in self.obligations
        ]
        if not opened or not self._caught_up:
            return timedelta(0)
        return self._clock.now() - datetime.fromisoformat(max(opened))

    def _consider(self, row: dict[str, Any]) -> None:
        self.extras.consider(row)
        debtor = UUID(row["debtor_id"])
        known = (UUID(row["id"]), debtor)
        if row["state"] != "OPEN" or known in self._planned or debtor not in self.people:
            return
        self._planned.add(known)
        if (when := self._when(row, self.people[debtor])) is not None:
            todo = _todo(row)
            self.agenda.plan(when, lambda: self._do(todo))
            if todo.kind == "VISIT_UNIT":
                self._appoint(todo, self.people[debtor], when)

    def _appoint(self, todo: Todo, lead: Person, when: datetime) -> None:
        """The panel sets a date for each visit; every third is a week too early at first, and is moved.

        Who is to lead the first of all was of that unit, and steps aside: another member sets the date.
        """
        self._visits["dates"] += 1
        if self._visits["dates"] == 1:
            self.agenda.plan(self._clock.now(), lambda: self.acts.step_aside(lead, todo.subject_id))
            return
        soon, day = self._clock.now() + timedelta(days=1), when.date()
        first = day - timedelta(days=7)
        if self._visits["dates"] % 3 == 0 and first > (soon + timedelta(days=2)).date():
            self.agenda.plan(soon, lambda: self.acts.appoint(lead, todo.subject_id, first))
            self.agenda.plan(
                soon + timedelta(days=1), lambda: self.acts.appoint(lead, todo.subject_id, day, moved=True)
            )
        else:
            self.agenda.plan(soon, lambda: self.acts.appoint(lead, todo.subject_id, day))

    def _plan_again(self, todo: Todo, day: date) -> None:
        """Within the first days in which it can be done, unless it is owed no longer by then."""
        began = datetime.combine(day, MORNING, UTC)
        self.agenda.plan(began + timedelta(days=self.people[todo.debtor_id].luck.uniform(0, 3)), lambda: self._do(todo))

    async def _do(self, todo: Todo) -> None:
        """Do it, unless somebody else has done or taken it meanwhile."""
        now = self.obligations[todo.id]
        self.players.require_simulated(self.people[todo.debtor_id])
        if now["state"] == "OPEN" and UUID(now["debtor_id"]) == todo.debtor_id:
            await self.acts.do(todo)
            if todo.kind in UNNAMED:  # no feed will tell
                now["state"] = "DONE"

    def _waiting(self, todo: Todo) -> list[UUID]:
        """Everything of the same kind that the person owes in this cycle: results are signed together."""
        mine = str(todo.cycle_id), todo.kind, str(todo.debtor_id)
        return [
            UUID(row["subject_id"])
            for row in self.obligations.values()
            if row["state"] == "OPEN" and (row["cycle_id"], row["kind"], row["debtor_id"]) == mine
        ]

    def _when(self, row: dict[str, Any], person: Person) -> datetime | None:
        """When this person does it, or never."""
        opened, due = datetime.fromisoformat(row["opened_at"]), datetime.fromisoformat(row["due_at"])
        now, kind = self._clock.now(), row["kind"]
        if not self.acts.can(kind):
            return None
        if row["handed_over"]:
            return now + timedelta(days=person.luck.uniform(0.2, 0.8))
        if kind in _SILENCE.get(person.habit, ()) or (kind == "ASSESS_PEER" and not self._peer_answers(row)):
            return None
        if kind == "RESPOND_TO_VISIT" and not self._unit_responds():
            return None
        return self._moment(kind, person, max(now, opened), due)

    @staticmethod
    def _moment(kind: str, person: Person, now: datetime, due: datetime) -> datetime:
        """When somebody who is not silent does it: early or late by habit, promptly where others wait."""
        if person.habit is Habit.LATE and kind in _SLOW:
            return due + timedelta(days=1.3)
        if kind == "REPORT_ACTUALS" and person.habit is not Habit.EARLY:
            return max(now, due - timedelta(days=person.luck.uniform(0.3, 5)))  # once there is something to report
        prompt = person.habit is Habit.EARLY or kind in _PROMPT
        share = person.luck.uniform(0.05, 0.3) if prompt else person.luck.uniform(0.15, 0.75)
        return now + (due - now) * share

    def _peer_answers(self, row: dict[str, Any]) -> bool:
        """Two of a person's peers answer; the others only if the person is not one whose peers stay silent."""
        about = UUID(row["about_id"])
        self._peers[about] += 1
        person = self.people.get(about)
        return person is None or not person.peers_silent or self._peers[about] <= 2

    def _unit_responds(self) -> bool:
        """Of every four units that were visited one stays silent."""
        self._visits["responses"] += 1
        return self._visits["responses"] % 4 != 2

    async def _own_list(self, person: Person) -> None:
        """What somebody owes anonymously stands in the own to-do list alone."""
        page = await self.acts.get(person, "notify", "/todo", limit=PAGE)
        owed = {UUID(row["id"]): row for row in page["items"] if row["kind"] in UNNAMED}
        for known, row in self.obligations.items():
            if row["kind"] in UNNAMED and UUID(row["debtor_id"]) == person.id and row["state"] == "OPEN":
                row["state"] = "OPEN" if known in owed else "LAPSED"
        for found in owed.keys() - self.obligations.keys():
            row = self.obligations[found] = owed[found] | {"state": "OPEN", "late": False, "debtor_id": str(person.id)}
            self._consider(row)

    async def look_once_more(self) -> None:
        """Whoever has not done what he or she owed anonymously sees whether it is still on the list."""
        rows = [row for row in self.obligations.values() if row["kind"] in UNNAMED and row["state"] == "OPEN"]
        for debtor in {UUID(row["debtor_id"]) for row in rows}:
            await self._own_list(self.people[debtor])


async def _nobody() -> list[Person]:
    return []


def _todo(row: dict[str, Any]) -> Todo:
    return Todo(
        id=UUID(row["id"]),
        kind=row["kind"],
        phase=row["phase"],
        cycle_id=UUID(row["cycle_id"]),
        subject_id=UUID(row["subject_id"]),
        about_id=UUID(row["about_id"]) if row["about_id"] else None,
        debtor_id=UUID(row["debtor_id"]),
    )
