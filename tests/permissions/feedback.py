"""Probes of the feedback service: something of every kind waits for somebody."""

from collections.abc import AsyncIterator
from typing import Any

from contracts.base import Phase, Predicate
from kit.db import Database
from tests.conftest import ClientOf
from tests.permissions.probing import People, Probe, more_time
from tests.services.feedback.months import accepted, months_pass
from tests.services.feedback.scene import Scene, in_phase, scene
from tests.support.holders import declare, withdraw
from tests.support.people import open_cycle

TOPICS = [{"id": "Mengukur capaian", "en": "Measuring achievement"}]
COACHING = {"kind": "COACHING", "what": "targets", "how": "weekly", "due_on": "2026-02-02"}


async def probes(database: Database, client_of: ClientOf) -> AsyncIterator[Probe]:
    """From the sessions before the planning to what follows from a final result."""
    here = await scene(database, client_of, session_topics=TOPICS, listening={"pulse": TOPICS, "survey": TOPICS})
    await declare(database, here.office.tenant_id, here.office.holders)
    for part in (_sessions, _talk, _questions, _objections, _consequences, _improvement, _support):
        async for probe in part(here):
            yield probe


def _around(here: Scene, number: int = 0) -> People:
    return People.of(here.office, here.office.staff[number])


async def _sessions(here: Scene) -> AsyncIterator[Probe]:
    await here.does.open_phase(here.phase(Phase.PREPARATION))
    cycle: dict[str, Any] = {"cycle_id": str(here.cycle.id)}
    [session] = (await here.get(here.ani, "/sessions", **cycle))["items"]
    held = {"held_on": "2026-01-05", "attendee_ids": []}
    around = _around(here)
    yield Probe(method="GET", route="/journal", query={"subject": str(here.ani)}, people=around)
    yield Probe(method="GET", route="/operations", people=around)
    yield Probe(method="GET", route="/journal/verification", people=around)
    yield Probe(method="GET", route="/sessions", query=cycle, people=around)
    yield Probe(method="GET", route="/sessions/{session_id}", ids={"session_id": session["id"]}, people=around)
    yield Probe(
        method="POST",
        route="/sessions/{session_id}/report",
        ids={"session_id": session["id"]},
        body=held,
        people=around,
    )
    yield Probe(method="POST", route="/cycles/{cycle_id}/acknowledgement", ids=cycle, people=around)
    yield Probe(method="GET", route="/cycles/{cycle_id}/summary", ids=cycle, people=around)
    async for probe in _learning(here):
        yield probe
    longer = more_time(here.ani)
    yield Probe(method="POST", route="/cycles/{cycle_id}/more-time", ids=cycle, body=longer, people=around)


async def _learning(here: Scene) -> AsyncIterator[Probe]:
    cycle, around = {"cycle_id": str(here.cycle.id)}, _around(here)
    ids: dict[str, Any] = {"ids": cycle, "people": around}
    further = {"topic": 1, "planned_on": "2026-01-20", "place": "Aula", "seats": 40}
    yield Probe(method="POST", route="/cycles/{cycle_id}/sessions", body=further, **ids)
    planned = await here.post(here.office.office, f"/cycles/{here.cycle.id}/sessions", further)
    one: dict[str, Any] = {"ids": {"session_id": planned["id"]}, "people": around}
    everybody = {"unit_id": str(here.office.unit_id)}
    yield Probe(method="POST", route="/sessions/{session_id}/invitations", body=everybody, **one)
    yield Probe(method="POST", route="/sessions/{session_id}/enrolment", **one)
    yield Probe(method="POST", route="/sessions/{session_id}/withdrawal", **one)
    yield Probe(method="GET", route="/sessions/{session_id}/people", **one)
    yield Probe(method="POST", route="/sessions/{session_id}/calling-off", body={"reason": "banjir"}, **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/coverage", **ids)
    yield Probe(method="GET", route="/cycles/{cycle_id}/attendance", **ids)
    link = {"title": TOPICS[0], "link": "https://kota.example.go.id/bahan"}
    yield Probe(method="GET", route="/cycles/{cycle_id}/materials", **ids)
    yield Probe(method="POST", route="/cycles/{cycle_id}/materials", body=link, **ids)
    kept = await here.post(here.office.office, f"/cycles/{here.cycle.id}/materials", link)
    gone: dict[str, Any] = {"ids": {"material_id": kept["id"]}, "people": around}
    yield Probe(method="POST", route="/materials/{material_id}/retirement", **gone)
    question = {"text": TOPICS[0], "options": [TOPICS[0], TOPICS[0]], "right": 1, "why": TOPICS[0]}
    yield Probe(method="POST", route="/cycles/{cycle_id}/quiz-questions", body=question, **ids)
    await here.post(here.office.office, f"/cycles/{here.cycle.id}/quiz-questions", question)
    quiz = await here.get(here.ani, f"/cycles/{here.cycle.id}/quiz")
    chosen = {"answers": [{"question_id": asked["id"], "option": 1} for asked in quiz["questions"]]}
    yield Probe(method="GET", route="/cycles/{cycle_id}/quiz", **ids)
    yield Probe(method="POST", route="/cycles/{cycle_id}/quiz", body=chosen, **ids)
    yield Probe(method="GET", route="/cycles/{cycle_id}/quiz/counts", **ids)
    unasked: dict[str, Any] = {"ids": {"question_id": quiz["questions"][0]["id"]}, "people": around}
    yield Probe(method="POST", route="/quiz-questions/{question_id}/retirement", **unasked)


async def _talk(here: Scene) -> AsyncIterator[Probe]:
    cycle, around = {"cycle_id": str(here.cycle.id)}, _around(here)
    observed = cycle | {"about_id": str(here.ani), "what": "late letters", "how": "the list"}
    idea = cycle | {"title": "a counter", "text": "weekly"}
    given = {"feedback_id": (await here.post(here.rater, "/feedback", observed))["id"]}
    submitted = {"idea_id": (await here.post(here.ani, "/ideas", idea))["id"]}
    about_her, yes = cycle | {"about_id": str(here.ani)}, {"answer": "yes", "adopted": True}
    yield Probe(method="POST", route="/feedback", body=observed, people=around)
    yield Probe(method="GET", route="/feedback", query=about_her, people=around)
    yield Probe(method="GET", route="/feedback/{feedback_id}", ids=given, people=around)
    yield Probe(method="POST", route="/feedback/{feedback_id}/answer", ids=given, body={"text": "ok"}, people=around)
    yield Probe(method="POST", route="/ideas", body=idea, people=around)
    yield Probe(method="GET", route="/ideas", query=cycle, people=around)
    ids: dict[str, Any] = {"ids": cycle, "people": around}
    yield Probe(method="GET", route="/feedback/upward", query=cycle, people=around)
    yield Probe(method="GET", route="/cycles/{cycle_id}/ideas", **ids)
    yield Probe(method="GET", route="/cycles/{cycle_id}/idea-rates", **ids)
    yield Probe(method="GET", route="/cycles/{cycle_id}/pulse", **ids)
    await in_phase(here, Phase.EXECUTION)
    yield Probe(method="POST", route="/cycles/{cycle_id}/pulse", body={"answers": [4]}, **ids)
    yield Probe(method="GET", route="/cycles/{cycle_id}/survey", **ids)
    await in_phase(here, Phase.DISCLOSURE)
    yield Probe(method="POST", route="/cycles/{cycle_id}/survey", body={"answers": [4]}, **ids)
    yield Probe(method="POST", route="/ideas/{idea_id}/answer", ids=submitted, body=yes, people=around)


async def _questions(here: Scene) -> AsyncIterator[Probe]:
    asking = {"appraisal_id": str(await here.provisional(here.ani)), "text": "why?"}
    yield Probe(method="POST", route="/clarifications", body=asking, people=_around(here))
    asked = {"clarification_id": (await here.post(here.ani, "/clarifications", asking))["id"]}
    so = {"outcome": "EXPLAINED", "reason": "so"}
    route = "/clarifications/{clarification_id}/answer"
    yield Probe(method="GET", route="/clarifications", people=_around(here))
    yield Probe(method="GET", route="/clarifications/{clarification_id}", ids=asked, people=_around(here))
    yield Probe(method="POST", route=route, ids=asked, body=so, people=_around(here))


async def _objections(here: Scene) -> AsyncIterator[Probe]:
    around = _around(here, 1)
    filing = {"result_id": str(await here.receive(here.office.staff[1])), "grounds": "wrong"}
    yield Probe(method="POST", route="/objections", body=filing, people=around)
    filed = await here.post(here.office.staff[1], "/objections", filing)
    await here.does.open_hearing(here.about(filed))
    one: dict[str, Any] = {"ids": {"objection_id": filed["id"]}, "people": around}
    yield Probe(method="GET", route="/objections", people=around)
    yield Probe(method="GET", route="/objections/{objection_id}", **one)
    yield Probe(method="POST", route="/objections/{objection_id}/statements", body={"text": "so it was"}, **one)
    yield Probe(method="POST", route="/objections/{objection_id}/withdrawal", **one)
    for side in (here.office.staff[1], here.rater):
        await here.post(side, f"/objections/{filed['id']}/statements", {"text": "so it was"})
    decision = {"outcome": "UPHELD", "reason": "so"}
    yield Probe(method="GET", route="/objections/{objection_id}", **one)
    other = {"authority_id": str(here.office.sekda), "reason": "related"}
    yield Probe(method="POST", route="/objections/{objection_id}/authority", body=other, **one)
    yield Probe(method="POST", route="/objections/{objection_id}/decision", body=decision, **one)
    await here.post(here.authority, f"/objections/{filed['id']}/decision", decision)
    yield Probe(method="GET", route="/objections/{objection_id}/document", **one)
    yield Probe(method="GET", route="/objections/{objection_id}/document/download", **one)
    cycle = {"cycle_id": str(here.cycle.id)}
    yield Probe(method="GET", route="/cycles/{cycle_id}/objection-statistics", ids=cycle, people=around)
    late = {"result_id": str(await here.receive(here.office.staff[2], days=-1)), "reason": "ill"}
    yield Probe(method="POST", route="/late-admissions", body=late, people=_around(here, 2))


async def _consequences(here: Scene) -> AsyncIterator[Probe]:
    around = _around(here, 2)
    await here.finalise(here.office.staff[2])
    [action] = (await here.get(here.rater, "/development-actions"))["items"]
    one: dict[str, Any] = {"ids": {"action_id": action["id"]}, "people": around}
    yield Probe(method="GET", route="/development-actions", people=around)
    yield Probe(method="GET", route="/development-actions/{action_id}", **one)
    yield Probe(method="POST", route="/development-actions/{action_id}/plan", body=COACHING, **one)
    await here.post(here.rater, f"/development-actions/{action['id']}/plan", COACHING)
    yield Probe(method="POST", route="/development-actions/{action_id}/completion", body={"outcome": "better"}, **one)
    await here.finalise(here.ani, predicate=Predicate.VERY_GOOD)
    [best] = (await here.get(here.office.office, "/recognitions", cycle_id=here.cycle.id))["items"]
    ids, yes = {"recognition_id": best["id"]}, {"approved": True, "reason": "an example"}
    yield Probe(method="GET", route="/recognitions", people=_around(here))
    yield Probe(method="GET", route="/file", people=_around(here))
    yield Probe(method="GET", route="/file/lookups", people=_around(here))
    deciding: dict[str, Any] = {"method": "POST", "route": "/recognitions/{recognition_id}/decision", "ids": ids}
    yield Probe(body=yes, people=_around(here).but("office"), **deciding)
    await withdraw(here.database, here.office.tenant_id, here.office.holders)
    yield Probe(body=yes, people=_around(here), **deciding)
    await here.post(here.office.office, f"/recognitions/{best['id']}/decision", yes)
    paper = {"document": {"kind": "DOCUMENT", "title": "SK Wali Kota", "reference": "800/12/2026"}}
    documented: dict[str, Any] = {"ids": ids, "body": paper, "people": _around(here)}
    yield Probe(method="POST", route="/recognitions/{recognition_id}/document", **documented)
    await declare(here.database, here.office.tenant_id, here.office.holders, revision=3)


async def _improvement(here: Scene) -> AsyncIterator[Probe]:
    case = await accepted(here)
    one: dict[str, Any] = {"ids": {"case_id": case}, "people": _around(here)}
    seen = {"progress": "BETTER", "findings": "faster", "next_steps": "go on"}
    yield Probe(method="GET", route="/improvement-cases", people=_around(here))
    yield Probe(method="GET", route="/improvement-cases/{case_id}", **one)
    month: dict[str, Any] = {"ids": {"case_id": case, "number": 1}, "people": _around(here)}
    yield Probe(method="POST", route="/improvement-cases/{case_id}/reviews/{number}", body=seen, **month)
    await months_pass(here, case)
    well = {"outcome": "ENDED_WELL", "reason": "better"}
    yield Probe(method="POST", route="/improvement-cases/{case_id}/decision", body=well, **one)


async def _support(here: Scene) -> AsyncIterator[Probe]:
    around, cycle = _around(here), {"cycle_id": str(here.cycle.id)}
    coach = around.kinds["debtor"][0]
    needed = cycle | {"kind": "EQUIPMENT", "text": "a second printer"}
    asked = {"request_id": (await here.post(here.ani, "/support-requests", needed))["id"]}
    guided = cycle | {"servant_id": str(here.ani), "coach_id": str(coach), "kind": "COUNSELLING", "topic": "tone"}
    held = {"held_on": "2026-01-05", "outcome": "agreed on a way", "content": "between us"}
    taken = cycle | {"servant_id": str(here.ani), "result": "annual report", "note": "no progress since March"}
    yield Probe(method="GET", route="/support-requests", query=cycle, people=around)
    yield Probe(method="POST", route="/support-requests", body=needed, people=around)
    yield Probe(method="GET", route="/support-requests/{request_id}", ids=asked, people=around)
    later = {"cycle_id": str((await open_cycle(here.database, here.office)).id), "reason": "still needed"}
    carrying: dict[str, Any] = {"ids": asked, "body": later, "people": around}
    yield Probe(method="POST", route="/support-requests/{request_id}/carrying-on", **carrying)
    yes, route = {"answer": "in May", "granted": True}, "/support-requests/{request_id}/answer"
    yield Probe(method="POST", route=route, ids=asked, body=yes, people=around)
    yield Probe(method="GET", route="/coachings", people=around)
    yield Probe(method="POST", route="/coachings", body=guided, people=around)
    one = {"coaching_id": (await here.post(here.rater, "/coachings", guided))["id"]}
    yield Probe(method="GET", route="/coachings/{coaching_id}", ids=one, people=around)
    yield Probe(method="POST", route="/coachings/{coaching_id}/report", ids=one, body=held, people=around)
    yield Probe(method="GET", route="/take-overs", query=cycle, people=around)
    yield Probe(method="POST", route="/take-overs", body=taken, people=around)
