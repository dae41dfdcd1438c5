"""What people of the town do, each over the API of the service that takes it, by name."""

from typing import Any
from uuid import UUID

from contracts.evaluation.cycles import CycleOpened, MembersEnrolled
from contracts.evaluation.results import ResultIssued
from tests.services.plans.stage import content
from tests.support.client import Client
from tests.workflows.year.place import CITY, ROLES
from tests.workflows.year.town import Town

Body = dict[str, Any]
MEETS: Body = {"result_rating": "MEETS", "behaviour_rating": "MEETS"}
BELOW: Body = MEETS | {
    "result_rating": "BELOW",
    "reasons": {"result_rating": "Target triwulan III dan IV tidak tercapai"},
}


class Acts:
    """People at the APIs; what they do is carried to everybody at once."""

    def __init__(self, town: Town, clients: dict[str, Client]) -> None:
        self._town = town
        self._clients = clients

    async def call(self, who: str, method: str, service: str, path: str, body: Any = None, status: int = 0) -> Any:
        """What the API answers; 2xx unless a status is named."""
        client = self._clients[service]
        headers = client.as_(self._town.diary.id_of(who), CITY, *ROLES.get(who, ()))
        answer = await client.request(method, f"/v1{path}", json=body, headers=headers)
        assert answer.status_code == status or (not status and answer.is_success), f"{who} {path}: {answer.text}"
        await self._town.deliver()
        return answer.json()

    async def post(self, who: str, service: str, path: str, body: Body | None = None, *, status: int = 0) -> Any:
        return await self.call(who, "POST", service, path, body or {}, status)

    async def get(self, who: str, service: str, path: str) -> Any:
        return await self.call(who, "GET", service, path)

    @property
    def cycle(self) -> UUID:
        return self._town.diary.all(CycleOpened)[0].cycle_id

    def id_of(self, who: str) -> str:
        return str(self._town.diary.id_of(who))

    def appraisal(self, who: str) -> UUID:
        everybody = [one for event in self._town.diary.all(MembersEnrolled) for one in event.members]
        return next(one.appraisal_id for one in everybody if one.servant_id == self._town.diary.id_of(who))

    def result(self, who: str, version: int = 1) -> UUID:
        servant = self._town.diary.id_of(who)
        issued = [one for one in self._town.diary.all(ResultIssued) if one.servant_id == servant]
        return next(one.result_id for one in issued if one.version == version)

    async def unit(self, code: str) -> str:
        """The id of a unit."""
        units = (await self.get("petugas", "registry", "/units"))["items"]
        return next(str(one["id"]) for one in units if one["code"] == code)

    async def plan(self, who: str) -> Any:
        mine = await self.get(who, "plans", f"/plans?servant_id={self.id_of(who)}")
        return await self.get(who, "plans", f"/plans/{mine['items'][0]['id']}")

    async def open_cycle(self) -> None:
        year = {"scope": CITY, "period_start": "2026-01-01", "months": 12}
        await self.post("petugas", "evaluation", "/cycles", year)

    async def read_the_standard(self, who: str) -> None:
        await self.post(who, "feedback", f"/cycles/{self.cycle}/acknowledgement")

    async def propose(self, who: str) -> None:
        plan = (await self.plan(who))["id"]
        await self.call(who, "PUT", "plans", f"/plans/{plan}", content(goal=None))
        await self.post(who, "plans", f"/plans/{plan}/proposal")

    async def agree(self, leader: str, who: str, on: str) -> Any:
        """A dialogue, the plan is set, and the servant confirms it."""
        plan = (await self.plan(who))["id"]
        talk = {"held_on": on, "summary": "Target dibahas", "agreed": "Laporan tiap triwulan", "purpose": "SET"}
        await self.post(leader, "plans", f"/plans/{plan}/dialogues", talk)
        answered = await self.post(leader, "plans", f"/plans/{plan}/setting")
        await self.post(who, "plans", f"/plans/{plan}/confirmation", {"answer": "AGREED"})
        return answered

    async def report(self, who: str, period: int) -> Any:
        plan = await self.plan(who)
        report = next(one["id"] for one in plan["reports"] if one["period"] == period)
        figures = [{"indicator_id": one["id"], "actual": "40"} for r in plan["results"] for one in r["indicators"]]
        return await self.post(who, "plans", f"/reports/{report}", {"actuals": figures})

    async def encourage(self, leader: str, who: str) -> None:
        told = {"about_id": self.id_of(who), "what": "Surat dijawab tepat waktu", "how": "Pertahankan"}
        await self.post(leader, "feedback", "/feedback", {"cycle_id": str(self.cycle), **told})

    async def evaluate(self, leader: str, who: str, period: int, *, status: int = 0) -> Any:
        path = f"/appraisals/{self.appraisal(who)}/periods/{period}"
        return await self.post(leader, "evaluation", path, MEETS | {"note": "Dibahas bersama"}, status=status)

    async def assess(self, leader: str, who: str, ratings: Body = MEETS, *, status: int = 0) -> Any:
        path = f"/appraisals/{self.appraisal(who)}/assessments"
        return await self.post(leader, "evaluation", path, {"scores": {"behaviour": 95}} | ratings, status=status)

    async def sign(self, leader: str, *people: str) -> None:
        ids = [str(self.appraisal(who)) for who in people]
        await self.post(leader, "evaluation", "/results/issue", {"cycle_id": str(self.cycle), "appraisal_ids": ids})

    async def acknowledge(self, who: str) -> None:
        await self.post(who, "evaluation", f"/results/{self.result(who)}/acknowledgement")

    async def object(self, who: str, *, status: int = 0) -> Any:
        case = {"grounds": "Bukti dukung belum dilihat", "items": ["result_rating"]}
        body = {"result_id": str(self.result(who)), **case}
        return await self.post(who, "feedback", "/objections", body, status=status)

    async def explain(self, who: str, objection: str) -> None:
        await self.post(
            who, "feedback", f"/objections/{objection}/statements", {"text": "Penjelasan lengkap terlampir"}
        )

    async def decide(self, who: str, objection: str, outcome: str, **ratings: str) -> Any:
        decision = {"outcome": outcome, "reason": "Bukti dukung diperiksa kembali", **ratings}
        return await self.post(who, "feedback", f"/objections/{objection}/decision", decision)
