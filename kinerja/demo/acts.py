"""What a simulated person does about each kind of obligation; every act is a call to a public API with the person's token."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from contracts.policy import Policy
from kinerja.demo import words
from kinerja.demo.http import Apis, Declined
from kinerja.demo.people import Person
from kinerja.demo.players import Players
from kit.clock import Clock

_LONGEST_BREAK = 12
"""Days off in a row that a visit is put off by at most: Lebaran with its collective leave."""
_BETWEEN_REPORTS = timedelta(days=7)
_UNFIT = 422


@dataclass(frozen=True, slots=True)
class Todo:
    """One obligation as the feed shows it."""

    id: UUID
    kind: str
    phase: str
    cycle_id: UUID
    subject_id: UUID
    about_id: UUID | None
    debtor_id: UUID


class Acts:
    """The acts of one city's people."""

    def __init__(self, apis: Apis, people: dict[UUID, Person], clock: Clock, policies: Mapping[str, Policy]) -> None:
        self._apis = apis
        self.people = people
        self._clock = clock
        self._goals = {scope: [goal.id for goal in policy.goals] for scope, policy in policies.items()}
        self._decisions = 0
        self._indicators: dict[UUID, list[dict[str, Any]]] = {}
        self._codes: dict[tuple[UUID, str], list[str]] = {}
        self._asking_posts: bool | None = None
        self._drafts: set[UUID] = set()
        self.players = Players()
        """For whom nothing is written here, since they write themselves."""
        self.waiting: Callable[[Todo], list[UUID]] = lambda todo: [todo.subject_id]
        self.again_from: Callable[[Todo, date], None] = lambda *_: None
        """Told of what has to be done once more, with the day from which on: a report written before its period ended."""

    def can(self, kind: str) -> bool:
        """Whether simulated people know what this kind asks for; a new kind is left to its ladder."""
        return hasattr(self, f"_{kind.lower()}")

    async def do(self, todo: Todo) -> None:
        """What the obligation asks for; raises Declined when the API refuses."""
        actor = self.people[todo.debtor_id]
        act: Callable[[Todo, Person], Awaitable[object]] = getattr(self, f"_{todo.kind.lower()}")
        await act(todo, actor)

    async def post(self, actor: Person, service: str, path: str, body: Any = None) -> Any:
        """One POST as this person; raises Played where a person at a browser acts for him or her."""
        self.players.require_simulated(actor)
        token = self._apis.token(actor.id, actor.city, actor.roles)
        return await self._apis.call("POST", service, path, token=token, body=body if body is not None else {})

    async def put(self, actor: Person, service: str, path: str, body: Any) -> Any:
        """One PUT as this person; raises Played likewise."""
        self.players.require_simulated(actor)
        token = self._apis.token(actor.id, actor.city, actor.roles)
        return await self._apis.call("PUT", service, path, token=token, body=body)

    async def get(self, actor: Person, service: str, path: str, **query: Any) -> Any:
        """One GET as this person."""
        token = self._apis.token(actor.id, actor.city, actor.roles)
        return await self._apis.call("GET", service, path, token=token, **query)

    def _today(self) -> str:
        return (self._clock.now() + timedelta(hours=7)).date().isoformat()

    def _about(self, todo: Todo) -> Person:
        return self.people[todo.about_id] if todo.about_id else self.people[todo.debtor_id]

    async def _hold_session(self, todo: Todo, actor: Person) -> None:
        attendees = [str(p.id) for p in self.people.values() if p.nip and p.luck.random() < 0.9]
        report = {"held_on": self._today(), "attendee_ids": attendees, "materials": [words.MATERIAL]}
        held = await self.post(actor, "feedback", f"/sessions/{todo.subject_id}/report", report)
        if missed := sorted({str(one.id) for one in self.people.values() if one.nip} - set(attendees)):
            await self._hold_again(todo.cycle_id, actor, held["ordinal"], missed)

    async def _hold_again(self, cycle_id: UUID, actor: Person, topic: int, missed: list[str]) -> None:
        """A further session on the same topic for those who missed the first; every other one of them comes."""
        body = words.SECOND_SESSION | {"topic": topic, "planned_on": self._today()}
        further = await self.post(actor, "feedback", f"/cycles/{cycle_id}/sessions", body)
        report = {"held_on": self._today(), "attendee_ids": missed[::2]}
        await self.post(actor, "feedback", f"/sessions/{further['id']}/report", report)

    async def _acknowledge_standard(self, todo: Todo, actor: Person) -> None:
        await self.post(actor, "feedback", f"/cycles/{todo.cycle_id}/acknowledgement")

    async def _propose_plan(self, todo: Todo, actor: Person) -> None:
        about = self._about(todo)
        await self.put(actor, "plans", f"/plans/{todo.subject_id}", words.plan(about, self._goals[about.scope]))
        await self.post(actor, "plans", f"/plans/{todo.subject_id}/proposal")

    async def _answer_plan(self, todo: Todo, actor: Person) -> None:
        about = self._about(todo)
        if about.unclear:
            about.unclear = False
            await self.post(actor, "plans", f"/plans/{todo.subject_id}/return", {"reason": words.RETURN})
            return
        talk = {"held_on": self._today(), "summary": words.DIALOGUE, "agreed": words.AGREED, "purpose": "SET"}
        await self.post(actor, "plans", f"/plans/{todo.subject_id}/dialogues", talk)
        await self.post(actor, "plans", f"/plans/{todo.subject_id}/setting")

    async def _confirm_plan(self, todo: Todo, actor: Person) -> None:
        """Whoever struggles disagrees with the targets; everybody else agrees."""
        body = words.CONTESTED if actor.struggles else {"answer": "AGREED"}
        await self.post(actor, "plans", f"/plans/{todo.subject_id}/confirmation", body)

    async def _report_actuals(self, todo: Todo, actor: Person) -> None:
        """What is written before the period ends is a draft, and confirmed when it has ended."""
        path, about = f"/reports/{todo.subject_id}", self._about(todo)
        if todo.subject_id in self._drafts:
            await self.post(actor, "plans", f"{path}/confirmation")
            return
        if about.id not in self._indicators:
            self._indicators[about.id] = (await self.get(actor, "plans", path))["indicators"]
        actuals = [words.actual(about, one) for one in self._indicators[about.id]]
        sent = await self.post(actor, "plans", path, {"actuals": actuals})
        if sent["state"] == "DRAFT":
            self._drafts.add(todo.subject_id)
            self.again_from(todo, date.fromisoformat(sent["ends_on"]))

    async def _verify_initiative(self, todo: Todo, actor: Person) -> None:
        body = {"recognised": True, "document": words.DOCUMENT, "reason": words.VERIFIED}
        await self.post(actor, "plans", f"/initiatives/{todo.subject_id}/verification", body)

    async def _give_feedback(self, todo: Todo, actor: Person) -> None:
        body = {"cycle_id": str(todo.cycle_id), "about_id": str(todo.about_id), **words.feedback(self._about(todo))}
        await self.post(actor, "feedback", "/feedback", body)

    async def _answer_idea(self, todo: Todo, actor: Person) -> None:
        body = {"answer": words.IDEA_ANSWER, "adopted": actor.luck.random() < 0.6}
        await self.post(actor, "feedback", f"/ideas/{todo.subject_id}/answer", body)

    async def appoint(self, lead: Person, visit_id: UUID, day: date, *, moved: bool = False) -> None:
        """Set the date of a visit, or move it; on a day off the next one that is worked."""
        for later in range(_LONGEST_BREAK):
            body = {"visit_on": str(day + timedelta(days=later)), "reason": words.MOVED if moved else None}
            try:
                await self.post(lead, "evaluation", f"/visits/{visit_id}/date", body)
            except Declined as problem:
                if problem.status != _UNFIT:
                    raise
            else:
                return

    async def step_aside(self, lead: Person, visit_id: UUID) -> None:
        """Declare that one is not independent of the unit; another member takes over."""
        visit = await self.get(lead, "evaluation", f"/visits/{visit_id}")
        body = {"unit_id": visit["unit_id"], "reason": words.TIED}
        await self.post(lead, "evaluation", "/panel-conflicts", body)

    async def _visit_unit(self, todo: Todo, actor: Person) -> None:
        visit = await self.get(actor, "evaluation", f"/visits/{todo.subject_id}")
        seen = words.checklist(visit["asked"], actor)
        body = {"held_on": self._today(), "checklist": seen, "findings": words.FINDINGS}
        await self.post(actor, "evaluation", f"/visits/{todo.subject_id}/report", body)

    async def _respond_to_visit(self, todo: Todo, actor: Person) -> None:
        visit = await self.get(actor, "evaluation", f"/visits/{todo.subject_id}")
        await self.post(actor, "evaluation", f"/visits/{todo.subject_id}/response", words.response(visit["findings"]))

    async def _set_org_performance(self, todo: Todo, actor: Person) -> None:
        units = await self.get(actor, "evaluation", f"/cycles/{todo.cycle_id}/units", limit=500)
        items = [{"unit_id": one["unit_id"], "performance": words.org_performance(actor)} for one in units["items"]]
        body = {"items": items, "recommendation": words.ORG}
        await self.post(actor, "evaluation", f"/cycles/{todo.cycle_id}/org-performance", body)

    async def _evaluate_period(self, todo: Todo, actor: Person) -> None:
        body = {"result_rating": "MEETS", "behaviour_rating": "MEETS", "note": words.PERIOD}
        appraisals = await self.get(actor, "evaluation", "/appraisals", servant_id=str(todo.about_id))
        mine = next(one for one in appraisals["items"] if one["cycle_id"] == str(todo.cycle_id))
        periods = await self.get(actor, "evaluation", f"/appraisals/{mine['id']}/periods")
        waiting = [one for one in periods["items"] if one["predicate"] is None]
        if waiting and waiting[0]["ends_on"] < self._today():
            await self.post(actor, "evaluation", f"/appraisals/{mine['id']}/periods/{waiting[0]['number']}", body)

    async def _assess(self, todo: Todo, actor: Person) -> None:
        await self._assessment(todo, actor, ratings=True)

    async def _assess_peer(self, todo: Todo, actor: Person) -> None:
        await self._assessment(todo, actor, ratings=False)

    async def _assessment(self, todo: Todo, actor: Person, *, ratings: bool) -> None:
        known, form = (todo.cycle_id, todo.kind), None
        if known not in self._codes or await self._posts_ask(actor):
            form = await self.get(actor, "evaluation", f"/appraisals/{todo.subject_id}/form")
            self._codes[known] = form["codes"]
        body = words.assessment(self._about(todo), self._codes[known], ratings=ratings)
        if form is not None and form["competences"]:  # each post asks for others
            body["competences"] = words.levels(self._about(todo), form["competences"])
        await self.post(actor, "evaluation", f"/appraisals/{todo.subject_id}/assessments", body)

    async def _posts_ask(self, actor: Person) -> bool:
        """Whether positions of this city ask for technical competences; looked up once."""
        if self._asking_posts is None:
            page = await self.get(actor, "registry", "/competences", limit=1)
            self._asking_posts = bool(page["items"])
        return self._asking_posts

    async def _assess_panel(self, todo: Todo, actor: Person) -> None:
        visit = await self.get(actor, "evaluation", f"/visits/{todo.subject_id}")
        items = [
            {
                "appraisal_id": one["appraisal_id"],
                "scores": words.scores(self.people[UUID(one["servant_id"])], visit["codes"], panel=True),
                "comment": words.PANEL,
            }
            for one in visit["members"]
        ]
        await self.post(actor, "evaluation", f"/visits/{todo.subject_id}/assessments", {"items": items})

    async def _moderate(self, todo: Todo, actor: Person) -> None:
        """Half of the findings are asked about; the one concerned then answers, or stays silent until it lapses."""
        path = f"/moderations/{todo.subject_id}"
        if actor.luck.random() < 0.5:
            await self.post(actor, "evaluation", f"{path}/question", {"question": words.FINDING_QUESTION})
        else:
            await self.post(actor, "evaluation", f"{path}/closing", {"reason": words.MODERATED})

    async def _answer_moderation(self, todo: Todo, actor: Person) -> None:
        body = {"reason": words.FINDING_ANSWER}
        await self.post(actor, "evaluation", f"/moderations/{todo.subject_id}/answer", body)

    async def _issue_result(self, todo: Todo, actor: Person) -> None:
        everything = [str(one) for one in self.waiting(todo)]
        body = {"cycle_id": str(todo.cycle_id), "appraisal_ids": everything, "note": words.RESULT_TALK}
        await self.post(actor, "evaluation", "/results/issue", body)

    async def _acknowledge_result(self, todo: Todo, actor: Person) -> None:
        await self.post(actor, "evaluation", f"/results/{todo.subject_id}/acknowledgement")

    async def _answer_clarification(self, todo: Todo, actor: Person) -> None:
        body = {"outcome": "EXPLAINED", "reason": words.EXPLAINED}
        await self.post(actor, "feedback", f"/clarifications/{todo.subject_id}/answer", body)

    async def _give_statement(self, todo: Todo, actor: Person) -> None:
        side = words.STATEMENT_SERVANT if todo.about_id == actor.id else words.STATEMENT_RATER
        await self.post(actor, "feedback", f"/objections/{todo.subject_id}/statements", {"text": side})

    async def _decide_objection(self, todo: Todo, actor: Person) -> None:
        objection = await self.get(actor, "feedback", f"/objections/{todo.subject_id}")
        self._decisions += 1
        first = int(actor.city[-1])  # some cities begin with an objection upheld, others with one amended
        body = words.decision(objection, amend=(self._decisions + first) % 2 == 0)
        await self.post(actor, "feedback", f"/objections/{todo.subject_id}/decision", body)

    async def _plan_development(self, todo: Todo, actor: Person) -> None:
        due = (self._clock.now() + timedelta(days=60)).date().isoformat()
        path = f"/development-actions/{todo.subject_id}/plan"
        await self.post(actor, "feedback", path, {**words.development(self._about(todo)), "due_on": due})

    async def _complete_development(self, todo: Todo, actor: Person) -> None:
        path = f"/development-actions/{todo.subject_id}/completion"
        await self.post(actor, "feedback", path, {"outcome": words.DEVELOPED})

    async def _report_upward(self, todo: Todo, actor: Person) -> None:
        body = {"recipient": words.COMPETENT_OFFICIAL, "missing_reason": words.STILL_MISSING}
        made = await self.post(actor, "evaluation", f"/cycles/{todo.cycle_id}/upward-report", body)
        if made["missing"]:  # with nothing new to tell, what is owed stays owed
            self.again_from(todo, date.fromisoformat(self._today()) + _BETWEEN_REPORTS)

    async def _review_system(self, todo: Todo, actor: Person) -> None:
        until = (self._clock.now() + timedelta(days=90)).date().isoformat()
        action = {"what": words.REVIEW_ACTION, "responsible_id": str(actor.id), "until": until}
        body = {"findings": words.REVIEW_FINDINGS, "actions": [action]}
        await self.post(actor, "evaluation", f"/cycles/{todo.cycle_id}/review", body)
