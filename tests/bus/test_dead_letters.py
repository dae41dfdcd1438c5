"""People look at dead letters in 80 columns, and put them right."""

from functools import partial
from pathlib import Path

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession
from typer.testing import CliRunner

from contracts.base import Event
from contracts.plans.plans import PlanDrafted
from kinerja.cli import app
from kit import kafka as bus
from kit.db import Database
from kit.kafka import Listener
from kit.settings import Settings
from tests.bus import letters
from tests.bus.conftest import until
from tests.bus.poison import Message, good
from tests.support.aside import Aside

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
SERVICE = "feedback"


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch, bus_settings: Settings) -> None:
    monkeypatch.setenv("KINERJA_ENVIRONMENT", "test")
    monkeypatch.setenv("KINERJA_KAFKA_IDEMPOTENT", str(bus_settings.kafka_idempotent).lower())


async def _died(kafka: str, count: int) -> bool:
    return len(await letters.dead(kafka, SERVICE)) >= count


def test_a_dead_letter_is_listed_shown_mended_and_sent_again(
    aside: Aside, bus_settings: Settings, plans_db: Database, kafka: str, tmp_path: Path
) -> None:
    fine = good(PlanDrafted)
    (tmp_path / "mended.json").write_bytes(fine.value or b"")
    bad = Message("plans", PlanDrafted, b'{"tenant_id": 7}', fine.headers)
    big = Message("plans", PlanDrafted, b"{" + b"x" * 1_000_000, good(PlanDrafted).headers)
    seen: list[Event] = []

    async def see(_: AsyncSession, event: Event) -> None:
        seen.append(event)

    async def is_seen() -> bool:
        return bool(seen)

    broker = bus.broker(bus_settings, SERVICE)
    Listener(
        broker, Database(plans_db.engine.url.render_as_string(hide_password=False), clock=plans_db.clock), SERVICE
    ).on(PlanDrafted, see)
    aside.run(broker.start())
    try:
        aside.run(letters.send(kafka, [bad, big]))
        aside.run(until(partial(_died, kafka, 2)))
        listed = _ran("dead", SERVICE, kafka=kafka)
        assert max(map(len, listed.splitlines())) <= 80
        assert "PlanDrafted" in "".join(listed.split())
        assert '{"tenant_id": 7}' in _ran("dead", SERVICE, "0", kafka=kafka)
        _ran("revive", SERVICE, "0", "--body", str(tmp_path / "mended.json"), kafka=kafka)
        aside.run(until(is_seen))
        assert "revived" in _ran("revive", SERVICE, "0", kafka=kafka, fails=True)
        _ran("revive", SERVICE, "1", kafka=kafka)  # whole again from its topic: it dies once more, as it is
        aside.run(until(partial(_died, kafka, 5)))
    finally:
        aside.run(broker.stop())
    again = [one for one in aside.run(letters.dead(kafka, SERVICE)) if letters.header(one, "dead_size")]
    assert [letters.header(one, "dead_size") for one in again] == ["1000001"] * 2
    assert len(seen) == 1


def _ran(*words: str, kafka: str, fails: bool = False) -> str:
    result = CliRunner().invoke(app, ["events", *words, "--kafka", kafka], terminal_width=80)
    assert (result.exception is not None) is fails, result.output
    return result.output + str(result.exception or "")


def test_what_is_not_there_is_said(kafka: str) -> None:
    assert "no dead letter 99" in _ran("dead", "evaluation", "99", kafka=kafka, fails=True)
    assert "no service nobody" in _ran("dead", "nobody", kafka=kafka, fails=True)
    assert "nothing was set aside" in _ran("dead", "registry", kafka=kafka)
    assert "--header ce_id: write NAME=VALUE" in _ran(
        "revive", "plans", "0", "--header", "ce_id", kafka=kafka, fails=True
    )
