"""Lists, page by page: every row once and in order, ``next`` null on the last page, foreign cursors refused."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import FastAPI, Query
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import Select, insert, literal, select
from sqlmodel import col

from contracts.base import Relation, new_id
from kit import columns, cursors, web
from kit.access import permits
from kit.cursors import Part, pack, unpack
from kit.db import Database
from kit.errors import Invalid
from kit.idempotency import Answer
from kit.inbox import Inbox
from kit.keyset import MOST, Found, Window, read, read_rows
from kit.paging import Page, Paging, page_of
from kit.web import Session
from tests.conftest import SettingsOf
from tests.support.client import Client
from tests.support.employment import AsTheTokenSays
from tests.support.issuer import Issuer

CITY = "16.71"
ANI = new_id()
MOMENT = datetime(2027, 1, 4, 8, tzinfo=UTC)

texts = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
numbers = st.integers(-(2**63), 2**63 - 1)
instants = st.datetimes(timezones=st.just(UTC))
keys = st.lists(texts | numbers | st.uuids() | st.dates() | instants, min_size=1, max_size=4)


def kinds(key: list[Part]) -> list[type]:
    return [type(part) for part in key]


class TestCursors:
    """A key goes in and comes out; nothing else comes out."""

    @given(keys)
    def test_a_key_comes_back_as_it_was(self, key: list[Part]) -> None:
        assert list(unpack(pack(key), kinds(key))) == key

    @given(keys)
    def test_a_cursor_needs_no_quoting(self, key: list[Part]) -> None:
        assert pack(key).replace("-", "").replace("_", "").isalnum()

    @given(keys, keys)
    def test_a_cursor_of_another_list_is_foreign(self, key: list[Part], other: list[Part]) -> None:
        if kinds(key) != kinds(other):
            with pytest.raises(Invalid):
                unpack(pack(key), kinds(other))

    @given(st.text() | keys.map(pack).map(lambda cursor: cursor[1:] or "x"))
    def test_whatever_is_sent_is_a_key_or_invalid(self, cursor: str) -> None:
        for wanted in ([UUID], [str, UUID], [int], [datetime, UUID], [date, str]):
            with suppress(Invalid):
                assert len(unpack(cursor, wanted)) == len(wanted)

    @pytest.mark.parametrize(
        ("held", "kind"),
        [
            ([2**63], int),
            ([True], int),
            ([1.0], int),
            (["a\0b"], str),
            (["\ud800"], str),
            ([{"at": "2027-01-04T08:00:00"}], datetime),
            ([{"at": "0001-01-01T00:00:00+14:00"}], datetime),
            ([{"on": "2027-02-29"}], date),
            ([{"on": 1}], date),
            ([{"id": "x"}], UUID),
            ([{"id": 1}], UUID),
            ({"id": "x"}, str),
            (None, str),
        ],
    )
    def test_what_no_column_holds_is_foreign(self, held: object, kind: type) -> None:
        cursor = base64.urlsafe_b64encode(json.dumps(held).encode()).decode()
        with pytest.raises(Invalid):
            unpack(cursor, [kind])

    def test_depth_is_no_way_in(self) -> None:
        with pytest.raises(Invalid):
            unpack(base64.urlsafe_b64encode(b"[" * 30_000).decode(), [str])

    @pytest.mark.parametrize("part", [None, True, 1.5])
    def test_a_key_without_order_is_a_mistake_of_ours(self, part: Any) -> None:
        with pytest.raises(TypeError):
            cursors.pack([part])


async def fill(database: Database, count: int) -> list[UUID]:
    """Rows of a table that every service has; three at each instant, so that the second column decides."""
    ids = [UUID(int=number * 7919 % 101) for number in range(1, count + 1)]
    rows = [
        {"consumer": f"c{place % 3}", "event_id": one, "claimed_at": MOMENT + timedelta(seconds=place // 3)}
        for place, one in enumerate(sorted(ids))
    ]
    async with database.transaction(CITY) as session:
        await session.execute(insert(columns.table_of(Inbox)), rows)
    return sorted(ids)


ALL: Select[Inbox] = select(Inbox)
ORDER = (col(Inbox.claimed_at), col(Inbox.event_id))


async def walk(database: Database, limit: int, *, descending: bool = False) -> list[Found[Inbox]]:
    pages: list[Found[Inbox]] = []
    window = Window(limit=limit)
    while True:
        async with database.transaction(CITY) as session:
            pages.append(await read(session, ALL, *ORDER, window=window, descending=descending, counted=True))
        if pages[-1].next is None:
            return pages
        window = Window(pages[-1].next, limit)


@pytest.mark.connected
class TestReading:
    """Against PostgreSQL."""

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize(("limit", "sizes"), [(3, [3, 3, 3, 1]), (5, [5, 5]), (10, [10]), (100, [10])])
    async def test_every_row_comes_once_and_a_full_last_page_ends(
        self, kit_db: Database, limit: int, sizes: list[int], *, descending: bool
    ) -> None:
        ids = await fill(kit_db, 10)
        pages = await walk(kit_db, limit, descending=descending)
        assert [len(page.items) for page in pages] == sizes
        found = [row.event_id for page in pages for row in page.items]
        assert found == (ids[::-1] if descending else ids)
        assert {page.total for page in pages} == {10}

    async def test_an_empty_list_is_one_empty_page(self, kit_db: Database) -> None:
        assert await walk(kit_db, 3) == [Found([], None, 0)]

    async def test_columns_come_without_the_key(self, kit_db: Database) -> None:
        await fill(kit_db, 3)
        looking = select(col(Inbox.consumer), literal(1)).order_by(col(Inbox.consumer).desc())
        async with kit_db.transaction(CITY) as session:
            found = await read_rows(session, looking, col(Inbox.event_id), window=Window(limit=2))
            again = await read_rows(session, looking, col(Inbox.event_id), window=Window(found.next, 2))
        assert ([*found.items, *again.items], again.next) == ([("c0", 1), ("c1", 1), ("c2", 1)], None)
        assert found.total is None

    async def test_a_number_too_large_for_its_column_is_only_after_everything(self, kit_db: Database) -> None:
        async with kit_db.transaction(CITY) as session:
            looking: Select[Answer] = select(Answer)
            found = await read(session, looking, col(Answer.status), window=Window(pack([2**40])))
        assert list(found.items) == []


class ClaimResponse(BaseModel):
    """A claim, as the list below answers it."""

    event_id: UUID


router = web.router()


@router.get("/claims", **permits(Relation.ANYONE))
async def claims(session: Session, paging: Paging, total: Annotated[bool, Query()] = False) -> Page[ClaimResponse]:  # noqa: FBT002
    found = await read(session, ALL, *ORDER, window=paging, counted=total)
    return page_of(found, lambda row: ClaimResponse(event_id=row.event_id))


@pytest.fixture
def app(settings_of: SettingsOf, kit_db: Database) -> FastAPI:
    return web.application("notify", settings_of(kit_db), kit_db, router, employment=AsTheTokenSays())


@pytest.fixture
async def client(app: FastAPI, issuer: Issuer) -> AsyncIterator[Client]:
    async with Client(app, issuer) as made:
        yield made


@pytest.mark.connected
class TestLists:
    """As a reader sees them."""

    async def test_a_page_tells_where_the_next_begins_and_counts_only_on_demand(
        self, client: Client, kit_db: Database
    ) -> None:
        ids = [str(one) for one in await fill(kit_db, 4)]
        headers = client.as_(ANI, CITY)
        first = (await client.get("/v1/claims?limit=2&total=true", headers=headers)).json()
        assert (first["items"], first["total"]) == ([{"event_id": one} for one in ids[:2]], 4)
        last = (await client.get(f"/v1/claims?limit=2&cursor={first['next']}", headers=headers)).json()
        assert last == {"items": [{"event_id": one} for one in ids[2:]], "next": None}

    @pytest.mark.parametrize("query", ["cursor=x", f"cursor={UUID(int=7)}", "cursor=", "limit=0", f"limit={MOST + 1}"])
    async def test_what_is_wrong_is_told_in_both_languages(self, client: Client, query: str) -> None:
        headers = client.as_(ANI, CITY)
        answers = [
            await client.get(f"/v1/claims?{query}", headers=headers | {"Accept-Language": tongue})
            for tongue in ("id", "en")
        ]
        assert {answer.status_code for answer in answers} == {422}
        assert answers[0].json()["detail"] != answers[1].json()["detail"]

    async def test_the_document_shows_one_kind_of_page(self, app: FastAPI) -> None:
        document = app.openapi()
        listing = document["paths"]["/v1/claims"]["get"]
        answer = listing["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        assert answer == "Page_ClaimResponse_"
        assert set(document["components"]["schemas"][answer]["properties"]) == {"items", "next", "total"}
        bounds = {one["name"]: one["schema"] for one in listing["parameters"]}
        assert (bounds["limit"]["minimum"], bounds["limit"]["maximum"], bounds["limit"]["default"]) == (1, 500, 100)
