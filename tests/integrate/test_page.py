"""The receivers that docs/integrate.md has people paste refuse what is forged or late, and go on."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kinerja.stack.migrate import ROOT
from kinerja.stack.ports import HOST, choose
from tests.integrate.forged import BODY, FORGED, SECRET, signed
from tests.integrate.samples import Sample, listening

PAGE = ROOT / "docs" / "integrate.md"
PROGRAMS = {"receiver.py": sys.executable, "receiver.mjs": "node"}


@pytest.fixture(params=sorted(PROGRAMS))
async def receiver(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Sample]:
    """One of them as it stands on the page, at a free port."""
    name, port = request.param, choose(["hook"], {})["hook"]
    found = re.search(rf"^```\w+ {name}\n(.+?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    (tmp_path / name).write_text(found[1].replace("8399", str(port)))
    process = await asyncio.create_subprocess_exec(
        PROGRAMS[name],
        name,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "KINERJA_WEBHOOK_SECRET": SECRET},
    )
    await listening(HOST, port)
    yield Sample("hook", tmp_path, port)
    assert process.returncode is None
    process.kill()
    await process.wait()


async def test_forged_and_late_deliveries_are_refused_and_what_comes_again_counts_once(
    receiver: Sample, tmp_path: Path
) -> None:
    for name, lie in FORGED.items():
        assert await receiver.gets(*lie()) == 401, name
    assert not (tmp_path / "received.txt").exists()
    for _ in range(2):
        assert await receiver.gets(BODY, signed(BODY)) == 204
    assert (tmp_path / "received.txt").read_text() == "one\n"
