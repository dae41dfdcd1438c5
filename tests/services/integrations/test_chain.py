"""The public chain: a reader proves with a few lines that nothing was changed or left out, and learns nobody's name by it."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from contracts.public.scopes import scope_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.integrations.published import CITY, closed, finalised, heard, publish, reader

pytestmark = pytest.mark.connected
PAGE = Path(__file__).parents[3] / "docs" / "integrate.md"


def verifier() -> str:
    """The lines of the page, as a reader copies them."""
    found = re.search(r"```python verify\.py\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def verify(directory: Path, given: bytes) -> subprocess.CompletedProcess[str]:
    """Run the page's own lines on a batch."""
    script = directory / "verify.py"
    script.write_text(verifier())
    return subprocess.run([sys.executable, script], input=given.decode(), capture_output=True, text=True, check=False)


def test_the_verifier_has_twelve_lines_at_most() -> None:
    assert len([line for line in verifier().splitlines() if line.strip()]) <= 12


async def test_the_lines_of_the_page_verify_a_page_and_find_what_was_changed_or_left_out(
    integrations_db: Database, client_of: ClientOf, tmp_path: Path
) -> None:
    await publish(integrations_db, heard(finalised(), closed(), finalised()))
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    whole = (await machine.get("/v1/events")).content
    assert "3 events verified" in verify(tmp_path, whole).stdout
    for wrong in (
        whole.replace(b'"GOOD"', b'"POOR"', 1),
        _without_the_second(whole),
        whole.replace(CITY.encode(), b"16.71"),
    ):
        refused = verify(tmp_path, wrong)
        assert (refused.returncode, "AssertionError" in refused.stderr) == (1, True)


async def test_who_reads_one_type_alone_proves_the_whole_by_digests_that_tell_nothing(
    integrations_db: Database, client_of: ClientOf
) -> None:
    results = [finalised() for _ in range(3)]
    await publish(integrations_db, heard(results[0], closed(), results[1], closed(), results[2]))
    machine = await reader(
        integrations_db, client_of("integrations", integrations_db), scopes=(scope_of("phase-closed"),)
    )
    read = {one["sequence"]: one for one in await machine.follow()}
    chain = await machine.get("/v1/chain")
    links: list[dict[str, Any]] = chain.json()["items"]
    before = "0" * 64
    for link in links:
        assert link["hash"] == hashlib.sha256((before + link["digest"]).encode()).hexdigest()
        if link["sequence"] in read:
            assert (read[link["sequence"]]["hash"], read[link["sequence"]]["previoushash"]) == (link["hash"], before)
        before = link["hash"]
    assert (len(links), len(read)) == (5, 2)
    assert not any(str(result.servant_id) in chain.text for result in results)


async def test_nobody_changes_or_removes_what_is_in_the_feed(integrations_db: Database) -> None:
    await publish(integrations_db, heard(closed()))
    for statement in ("update feed set body = '{}'", "delete from feed"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with integrations_db.transaction(CITY) as session:
                await session.execute(text(statement))


def _without_the_second(whole: bytes) -> bytes:
    first, _, third = whole[1:-1].split(b',{"city"')
    return b"[" + first + b',{"city"' + third + b"]"
