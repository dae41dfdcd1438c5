"""Questions, objections and feedback point to proof by kind, title and address, and old words are carried over."""

import asyncio
import json
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from alembic import command

from kinerja.stack.postgres import roles
from kit import migrate
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.databases import Databases

pytestmark = pytest.mark.connected

LETTERS = {"kind": "LETTERS", "title": "Surat warga", "reference": "045/7", "count": 12, "on": "2025-12-30"}
PHOTO = {"kind": "PHOTO", "title": "Loket", "reference": "https://arsip.example/1", "count": None, "on": None}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of, "dumai")


async def test_a_question_and_an_objection_show_the_evidence_that_they_point_to(here: Scene) -> None:
    appraisal_id = await here.provisional(here.ani)
    body: dict[str, Any] = {"appraisal_id": str(appraisal_id), "text": "why below?", "evidence": [LETTERS, PHOTO]}
    assert (await here.post(here.ani, "/clarifications", body))["evidence"] == [LETTERS, PHOTO]
    [listed] = (await here.get(here.rater, "/clarifications"))["items"]
    assert listed["evidence"] == [LETTERS, PHOTO]
    filed = {"result_id": str(await here.receive(here.ani)), "grounds": "read the letters", "evidence": [LETTERS]}
    objection = await here.post(here.ani, "/objections", filed)
    assert (await here.get(here.authority, f"/objections/{objection['id']}"))["evidence"] == [LETTERS]


async def test_feedback_points_to_evidence(here: Scene) -> None:
    said = {"cycle_id": str(here.cycle.id), "about_id": str(here.ani), "what": "calm", "how": "go on"}
    given = await here.post(here.rater, "/feedback", said | {"evidence": [PHOTO]})
    assert given["evidence"] == [PHOTO]


@pytest.mark.parametrize(
    "wrong", ["letter 12", PHOTO | {"count": 3}, LETTERS | {"count": None}, PHOTO | {"title": " "}]
)
async def test_bare_words_and_evidence_that_does_not_hold_are_refused(here: Scene, wrong: Any) -> None:
    appraisal_id = await here.provisional(here.ani)
    body = {"appraisal_id": str(appraisal_id), "text": "why below?", "evidence": [wrong]}
    await here.post(here.ani, "/clarifications", body, status=422)


_OLD = """
insert into clarifications (tenant_id, id, cycle_id, appraisal_id, servant_id, rater_id, text, items, evidence, asked_at,
    state) values ('16.71', $1, $1, $1, $1, $1, 'why?', '[]', '["letter 12", " ", "photo of the counter"]', now(), 'OPEN')
"""


async def test_words_of_before_become_documents_in_every_city(databases: Databases) -> None:
    name = databases.bare("feedback", "test_feedback_evidence")
    config = migrate._config("feedback", databases.postgres.sqlalchemy_uri(name, roles("feedback")[0]))
    await asyncio.to_thread(command.upgrade, config, "0009")
    connection = await asyncpg.connect(databases.postgres.uri(name))
    try:
        await connection.execute(_OLD.replace("$1", f"'{UUID(int=1)}'"))
        await asyncio.to_thread(command.upgrade, config, "head")
        rows = await connection.fetch("select evidence from clarifications")
    finally:
        await connection.close()
    [carried] = [json.loads(row["evidence"]) for row in rows]
    assert [(one["kind"], one["reference"]) for one in carried] == [
        ("DOCUMENT", "letter 12"),
        ("DOCUMENT", "photo of the counter"),
    ]
