"""What the services answer, for forms that are made from it: each answer is held against the OpenAPI documents first."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator

from services.portal.papers.rules.parts import Person
from services.portal.upstream.refusals import Refusal
from tests.support.papers import AUTHORITY, RATER, SERVANT

DOCUMENTS = Path(__file__).parents[2] / "docs" / "api"
CYCLE, PLAN, APPRAISAL, RESULT, OBJECTION, VISIT, REPORT, UNIT, OTHER = (
    f"01950000-0000-7000-8000-{number:012d}" for number in range(1, 10)
)
WHO, BY, ABOVE, PANEL = (str(one.id) for one in (SERVANT, RATER, AUTHORITY, Person(id=UUID(OTHER), name="-")))
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

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """Every answer and every parameter is one that the route has."""
        asked = (service, path)
        self.asked.append(asked)
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


def held_against(service: str, path: str, query: Mapping[str, str], answer: Any) -> None:
    """Raises AssertionError unless a route answers this there, and takes these parameters."""
    document = _document(service)
    template = next(one for one in document["paths"] if _matches(one, f"/v1{path}"))
    route = document["paths"][template]["get"]
    known = {_resolved(document, one)["name"] for one in route.get("parameters", [])}
    assert set(query) <= known, (template, set(query) - known)
    schema = route["responses"]["200"]["content"]["application/json"]["schema"]
    whole = schema | {"components": document["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(answer)] == [], template


def _matches(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        one == other or one.startswith("{") for one, other in zip(wanted, given, strict=True)
    )


def _resolved(document: Any, parameter: Any) -> Any:
    reference = parameter.get("$ref")
    return parameter if reference is None else document["components"]["parameters"][reference.rsplit("/", 1)[1]]


@cache
def _document(service: str) -> Any:
    return json.loads((DOCUMENTS / f"{service}.openapi.json").read_text())


EVIDENCE = {
    "kind": "DOCUMENT",
    "title": "Rekap kunjungan",
    "reference": "445/117/2027",
    "count": None,
    "on": "2027-06-30",
}
INDICATOR = {
    "id": OTHER,
    "aspect": "QUANTITY",
    "statement": "Jumlah kunjungan rumah",
    "unit": "kunjungan",
    "direction": "HIGHER_BETTER",
    "target_lo": "1200",
    "target_hi": "1250.5",
    "weight": "100",
    "source_of_data": "Rekap puskesmas",
    "max_attainable": False,
    "actual": "700",
    "reason": None,
    "evidence": [],
}
REACHED = INDICATOR | {"actual": "1320", "evidence": [EVIDENCE]}
_PERIOD = {
    "id": REPORT,
    "plan_id": PLAN,
    "period": 2,
    "final": False,
    "starts_on": "2027-04-01",
    "ends_on": "2027-06-30",
    "due_at": None,
    "state": "SUBMITTED",
    "revision": 1,
    "submitted_at": "2027-07-03T02:00:00Z",
    "submitted_by": WHO,
    "late": False,
    "drafted_at": None,
}
_CYCLE = {
    "id": CYCLE,
    "scope": "14.72",
    "name": "Siklus semester I 2027",
    "period_start": "2027-01-01",
    "period_end": "2027-06-30",
    "months": 6,
    "policy_version": 1,
    "calendar_version": 1,
    "state": "OPEN",
    "opened_at": "2026-12-01T01:00:00Z",
    "closed_at": None,
}
_CRITERION = {
    "code": "target",
    "label": {"id": "Capaian target", "en": "Achievement of targets"},
    "axis": "RESULT",
    "weight": "100",
    "measure": "INDICATORS",
    "parts": [],
    "locked": False,
    "descriptors": {},
    "source": "",
}
_RESULT = {
    "id": RESULT,
    "appraisal_id": APPRAISAL,
    "cycle_id": CYCLE,
    "servant_id": WHO,
    "rater_id": BY,
    "authority_id": ABOVE,
    "version": 1,
    "result_rating": "BELOW",
    "behaviour_rating": "MEETS",
    "predicate": "NEEDS_IMPROVEMENT",
    "local_score": "88.40",
    "local_band": None,
    "criteria": {"target": "88.40"},
    "strengths": [],
    "areas": [],
    "competences": None,
    "issued_at": "2027-07-14T07:05:00Z",
    "issued_by": BY,
    "by_superior": False,
    "reason": None,
    "issue_note": "Perlu pendampingan.",
    "final_without_objection": False,
    "delivered_at": "2027-07-15T01:00:00Z",
    "received_at": "2027-07-20T07:05:00Z",
    "deemed": False,
    "receipt_note": None,
    "object_until": "2027-08-09T16:59:59Z",
    "finalised_at": None,
    "superseded_by": None,
}
_OUTCOME = {
    name: _RESULT[name] for name in ("result_rating", "behaviour_rating", "predicate", "local_score", "criteria")
}
_BETTER = {"result_rating": "ABOVE", "predicate": "GOOD", "local_score": "103.00"}
_UNITS = [
    {"unit_id": OTHER, "name": "Dinas Kesehatan", "members": 40, "performance": None},
    {"unit_id": UNIT, "name": "Puskesmas Dumai Kota", "members": 12, "performance": "GOOD"},
]


def answers() -> Answers:
    """Everything that the forms ask of one appraisal whose result an objection changed."""
    return _general() | _planned() | _evaluated() | _objected() | _reported() | _visited() | _kept()


def changed_result() -> dict[str, Any]:
    """The version that the objection made."""
    return _RESULT | _BETTER | {"id": OTHER, "version": 2, "issued_by": ABOVE}


def _general() -> Answers:
    whole = _CYCLE | {"phase": None, "phases": [], "criteria": [_CRITERION], "members": 12, "appraisals": {}}
    return {
        ("evaluation", f"/cycles/{CYCLE}"): whole,
        ("evaluation", f"/cycles/{CYCLE}/units"): _UNITS,
        ("evaluation", "/cycles"): [_CYCLE],
    }


def _planned() -> Answers:
    superior = {"id": OTHER, "statement": "Meningkatnya cakupan layanan"}
    result = {
        "id": UNIT,
        "kind": "PRIMARY",
        "statement": "Terlaksananya kunjungan rumah",
        "goal": "Kota sehat",
        "superior_result_id": OTHER,
        "report_every": "QUARTERLY",
        "evidence": "Rekap kunjungan",
        "indicators": [INDICATOR],
    }
    plan = {
        "id": PLAN,
        "cycle_id": CYCLE,
        "servant_id": WHO,
        "appraisal_id": APPRAISAL,
        "rater_id": BY,
        "authority_id": ABOVE,
        "unit_id": UNIT,
        "state": "SET",
        "version": 4,
        "round": 1,
        "plan_version": 2,
        "proposed_at": "2027-01-20T03:00:00Z",
        "propose_late": False,
        "returned_reason": None,
        "remarks": [],
        "set_at": "2027-01-29T04:30:00Z",
        "set_by": BY,
        "by_superior": False,
        "late": False,
        "late_by_law": False,
        "results": [result],
        "behaviours": [
            {
                "value": "COMPETENT",
                "name": "Kompeten",
                "guides": ["Meningkatkan kompetensi diri", "Membantu orang lain belajar", "Kualitas terbaik"],
                "expectation": "Menjadi rujukan",
            }
        ],
        "expectations": [],
        "resources": [{"kind": "BUDGET", "need": "Biaya perjalanan"}],
        "positive_consequences": ["Diusulkan menerima penghargaan"],
        "negative_consequences": ["Bimbingan kinerja"],
        "practices": [],
        "reports": [_PERIOD],
        "dialogues": [],
        "confirmations": [],
        "reviews": [],
        "community": [],
        "hints": [],
        "set_by_law_until": "2027-02-01",
    }
    listed = _listed("plans", "PlanSummaryResponse", plan)
    return {
        ("plans", f"/plans/{PLAN}"): plan,
        ("plans", "/plans"): [listed],
        ("plans", f"/plans/{PLAN}/goals"): {"goals": ["Kota sehat"], "superior_results": [superior]},
        ("plans", f"/reports/{REPORT}"): _PERIOD | {"cycle_id": CYCLE, "servant_id": WHO, "indicators": [REACHED]},
    }


def _listed(service: str, schema: str, whole: Mapping[str, Any]) -> dict[str, Any]:
    """What a list says of one thing."""
    return {name: whole[name] for name in _document(service)["components"]["schemas"][schema]["properties"]}


def _evaluated() -> Answers:
    appraisal = {
        "id": APPRAISAL,
        "cycle_id": CYCLE,
        "servant_id": WHO,
        "unit_id": UNIT,
        "rater_id": BY,
        "authority_id": ABOVE,
        "is_head": False,
        "state": "FINAL",
        "final_actuals": True,
        "innovation_recognised": False,
        "clarification_open": False,
        "objection_open": False,
        "clarify_until": None,
        "result_rating": "ABOVE",
        "behaviour_rating": "MEETS",
        "predicate": "GOOD",
        "local_score": "103.00",
        "local_band": None,
        "criteria": None,
        "strengths": None,
        "areas": None,
        "dropped": None,
        "assessments": [],
        "taken_over": [
            {
                "id": OTHER,
                "leader_id": BY,
                "result": "Profil puskesmas",
                "note": "Perubahan penugasan",
                "told_at": "2027-05-01T01:00:00Z",
            }
        ],
    }
    first = {"number": 1, "starts_on": "2027-01-01", "ends_on": "2027-03-31", "due_at": "2027-04-15T16:59:59Z"}
    rated = {"result_rating": "ABOVE", "behaviour_rating": "MEETS", "predicate": "GOOD", "note": "Pertahankan."}
    nothing = dict.fromkeys(rated)
    by = {"as_before": False, "evaluated_by": ABOVE, "evaluated_at": "2027-07-12T07:05:00Z"}
    second = {"number": 2, "starts_on": "2027-04-01", "ends_on": "2027-06-30", "due_at": "2027-07-15T16:59:59Z"}
    why = {"policy_version": 1, "competences": [], "trace": [], "sentences": []}
    words = {"strengths": [{"id": "Kunjungan rumah", "en": "Visits"}], "areas": [{"id": "Catatan", "en": "The log"}]}
    said: dict[str, Any] = {
        "id": OTHER,
        "cycle_id": CYCLE,
        "about_id": WHO,
        "author_id": BY,
        "direction": "DOWN",
        "what": "Kunjungan tepat waktu",
        "how": "Lengkapi catatan",
        "strengths": [],
        "areas": [],
        "evidence": [],
        "visibility": "LINE",
        "occasion": "REGULAR",
        "channel": "DIRECT",
        "concern": "",
        "activity_id": None,
        "given_at": "2027-05-02T01:00:00Z",
        "answer": None,
        "answered_at": None,
    }
    private = said | {"what": "Hanya untuk Siti", "visibility": "ABOUT"}
    peer = said | {"what": "Dari rekan", "direction": "PEER"}
    return {
        ("evaluation", f"/appraisals/{APPRAISAL}"): appraisal,
        ("evaluation", f"/appraisals/{APPRAISAL}/periods"): [
            first | nothing | {"as_before": False, "evaluated_by": None, "evaluated_at": None},
            second | rated | by,
        ],
        ("evaluation", f"/results/{RESULT}"): _RESULT,
        ("evaluation", f"/results/{OTHER}"): changed_result(),
        ("evaluation", f"/results/{RESULT}/explanation"): why | words | {"result_id": RESULT, "version": 1},
        ("evaluation", f"/results/{OTHER}/explanation"): why | words | {"result_id": OTHER, "version": 2},
        ("feedback", "/feedback"): [private, peer, said],
    }


def _objected() -> Answers:
    parties = {"servant": SERVANT, "rater": RATER, "authority": AUTHORITY}
    named = {side: one.model_dump(mode="json", include=_PERSON) for side, one in parties.items()}
    statement = {"side": "RATER", "by_id": BY, "text": "Laporan terlambat diterima.", "at": "2027-07-28T07:05:00Z"}
    decision = {
        "outcome": "AMENDED",
        "reason": "Laporan disampaikan tepat waktu.",
        "result_rating": "ABOVE",
        "behaviour_rating": "MEETS",
        "items": [{"item": "Hasil kerja 1", "amended": True, "reason": "Dihitung kembali."}],
        "scores": [
            {"criterion": "target", "score": "103.00", "indicator": None, "actual": None},
            {"criterion": None, "score": None, "indicator": OTHER, "actual": "1320"},
        ],
    }
    document = {
        "form": "D.1.3",
        "objection_id": OBJECTION,
        "cycle_id": CYCLE,
        "cycle": _CYCLE["name"],
        "period_start": _CYCLE["period_start"],
        "period_end": _CYCLE["period_end"],
        **named,
        "contested": {"result_id": RESULT, "version": 1} | _OUTCOME,
        "filed_at": "2027-07-26T07:05:00Z",
        "grounds": "Realisasi Mei dan Juni belum dihitung.",
        "contested_items": ["Hasil kerja 1"],
        "evidence": [EVIDENCE],
        "servant_explained": None,
        "rater_explained": statement,
        "decided_at": "2027-08-03T07:05:00Z",
        "decision": decision,
        "changed": {"result_id": OTHER, "version": 2} | _OUTCOME | _BETTER,
        "signatures": [
            {"side": "SERVANT", "person": named["servant"], "signed_at": "2027-07-26T07:05:00Z"},
            {"side": "RATER", "person": named["rater"], "signed_at": "2027-07-28T07:05:00Z"},
            {"side": "AUTHORITY", "person": named["authority"], "signed_at": "2027-08-03T07:05:00Z"},
        ],
    }
    listed = {
        "id": OBJECTION,
        "result_id": RESULT,
        "appraisal_id": APPRAISAL,
        "cycle_id": CYCLE,
        "servant_id": WHO,
        "rater_id": BY,
        "authority_id": ABOVE,
        "state": "AMENDED",
        "filed_at": "2027-07-26T07:05:00Z",
        "statements_by": "2027-07-30T16:59:59Z",
        "decide_by": "2027-08-04T16:59:59Z",
        "decided_at": "2027-08-03T07:05:00Z",
        "outcome": "AMENDED",
        "escalated_at": None,
    }
    another = listed | {"id": OTHER, "appraisal_id": OTHER}
    return {
        ("feedback", f"/objections/{OBJECTION}/document"): document,
        ("feedback", "/objections"): [another, listed],
    }


def _reported() -> Answers:
    report = {
        "id": REPORT,
        "cycle_id": CYCLE,
        "recipient": "Pejabat yang Berwenang",
        "note": "",
        "issued": 11,
        "final": 9,
        "missing": 2,
        "missing_states": {"PROVISIONAL": 1, "OPEN": 1},
        "missing_reason": "Cuti panjang",
        "predicates": {"GOOD": 10, "POOR": 1},
        "changes": [
            {
                "objection_id": OBJECTION,
                "result_id": OTHER,
                "version": 2,
                "predicate": "GOOD",
                "document": f"/v1/objections/{OBJECTION}/document",
            }
        ],
        "reported_by": ABOVE,
        "reported_at": "2027-07-30T07:05:00Z",
    }
    return {("evaluation", f"/cycles/{CYCLE}/upward-reports"): [report | {"id": OTHER, "changes": []}, report]}


_PERSON = {"id", "name", "nip", "position", "grade", "unit"}


def _visited() -> Answers:
    words = {"id": "Alur pendaftaran terpasang", "en": "The way to register is shown"}
    finding = {"number": 1, "what": "Antre 52 menit", "how": "Tambah loket", "evidence": [EVIDENCE]}
    visit = {
        "id": VISIT,
        "cycle_id": CYCLE,
        "unit_id": UNIT,
        "lead_id": ABOVE,
        "panel": [ABOVE, OTHER],
        "scheduled_for": "2027-04-20T02:00:00Z",
        "visit_on": "2027-04-20",
        "held_on": "2027-04-21",
        "state": "REPORTED",
        "response_state": "ANSWERED",
        "asked": [{"code": "flow", "label": words, "kind": "YES_NO", "required": True}],
        "checklist": {"flow": False},
        "findings": [finding],
        "respondent_id": BY,
        "response": [{"number": 1, "stance": "EXPLAIN", "text": "Satu petugas cuti.", "action": "Loket kedua"}],
        "response_note": "Terima kasih.",
        "responded_by": BY,
        "responded_at": "2027-04-27T07:05:00Z",
        "members": [{"appraisal_id": APPRAISAL, "servant_id": WHO, "state": "OPEN"}],
        "codes": ["effectiveness"],
    }
    return {("evaluation", f"/visits/{VISIT}"): visit}


def _kept() -> Answers:
    profiled = {
        "cycle_id": CYCLE,
        "cycle": _CYCLE["name"],
        "period_start": _CYCLE["period_start"],
        "period_end": _CYCLE["period_end"],
        "result_id": OTHER,
        "version": 2,
        "result_rating": "ABOVE",
        "behaviour_rating": "MEETS",
        "predicate": "GOOD",
        "local_score": "103.00",
        "local_band": None,
        "final": True,
        "none_stands_out": False,
        "criteria": [],
        "competences": [],
    }
    profile = {
        "servant_id": WHO,
        "name": SERVANT.name,
        "position": SERVANT.position,
        "results": [profiled],
        "lasting_strengths": [{"id": "Komunikasi", "en": "Communication"}],
        "lasting_areas": [],
        "improved": [],
        "declined": [],
    }
    entry = {"id": OTHER, "record": "OBJECTION", "cycle_id": CYCLE, "at": "2027-08-03T07:05:00Z", "by_id": ABOVE}
    assisted = {"id": UNIT, "record": "ASSISTED_ENTRY", "cycle_id": None, "at": "2027-02-03T07:05:00Z", "by_id": BY}
    looked = {
        "looked_on": "2027-08-04",
        "reader_id": ABOVE,
        "reader_name": AUTHORITY.name,
        "role": "AUTHORITY",
        "record": "RESULT",
        "whole_list": False,
        "cycle_id": CYCLE,
        "times": 3,
        "last_at": "2027-08-04T09:00:00Z",
    }
    return {
        ("evaluation", f"/servants/{WHO}/profile"): profile,
        ("feedback", "/file"): [entry | {"state": "AMENDED"}, assisted | {"state": "POST /v1/plans"}],
        ("registry", "/lookups"): [],
        ("plans", "/lookups"): [looked | {"looked_on": "2027-03-01", "record": "PLAN"}],
        ("evaluation", "/lookups"): [looked],
        ("feedback", "/file/lookups"): [],
    }
