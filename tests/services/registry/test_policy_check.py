"""`kinerja policy check` and an import judge alike: the same mistakes at the same places, or none in both."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kinerja.cli import app
from kit.db import Database
from kit.files import limits
from services.registry.imports.rules.known import Known
from tests.conftest import ClientOf
from tests.services.registry.place_files import POLICY, small, submit
from tests.support.client import Client
from tests.support.files_of import TODAY, judged
from tests.support.hostile_files import unknown_keys
from tests.support.library_of import text_of

"""Made once: it takes longer than a check."""
_LINE = re.compile(r"policy\.yaml:(\d+):(\d+): (?!warning: )(.*)")
NUMBERS = (
    *(".nan", ".inf", "-.INF", "0x", "0x1F", "010", "0o17", "1_000", "190:20:30", "1e400", "1.5e+400", "1e-9", "-1"),
    *("9" * 5_000, "9" * 400, "9" * 16, "100001", "0.1", "60.0", "+60", "2001-99-99", "2001-01-01", "~", "yes"),
    *('"NaN"', '"sNaN"', '"Infinity"', '"1e-99999999"', '"1E+999999"', '"1e1"', '"60"', '"٦٠"', "²", '"99999999999"'),
)
VALUES = (
    *("!!python/object/apply:os.system [x]", "!!binary YQ==", "!!set {a}", "!!omap [a: 1]", "!!pairs [a: 1]"),
    *("!!timestamp 2001-99-99", "!!int abc", "!!int 1.5", "!!float x", "!!bool maybe", "!!null x", "!x y", "! 12"),
    *("!!seq {a: 1}", "!!map x", "!!str {a: 1}", "{<<: {a: 1}}", "<<", "=", "? [a]\n  : b", "&a [*a]", "*a", "&a x"),
    *("[" * 19 + "]" * 19, "[" * 200, "{" * 200, "\t", "a\tb", '"\\0"', '"\\ud800"', '"\\x85"', '"\\uFFFE"', "a\0b"),
    *("\x1b[31m", "x" * 2_001, "x" * 2_000, "|\n  a\n b", "%", "@", "`", "{", "}", "- a", "a: b: c", '"', "'", "--- a"),
)
DOCUMENTS = {
    **{f"weight: {one[:20]!r}": POLICY.replace("weight: 60", f"weight: {one}") for one in NUMBERS},
    **{f"name: {one[:20]!r}": POLICY.replace('"Kota Contoh"', one) for one in VALUES},
    **{
        f"scope: {one[:20]!r}": POLICY.replace('"16.71"', one)
        for one in ("16.71", "[16.71]", '"\uff11\uff16.71"', '"16.71.' + "x" * 99 + '"')
    },
    **{
        f"{key}: {one[:20]!r}": f"{POLICY}{key}: {one}\n"
        for key in ("period_months", "report_months", "effective_from", "opens_by_itself")
        for one in ("7", "12", '"12"', "99999", '"99999999999"', "1.5", ".nan", "[1]", "2026-01-01", "yes", '"\uff12"')
    },
    **{
        f"holidays {one!r}": f"{POLICY}holidays: {one}\n"
        for one in (
            '{"2026-06-17": a}',
            "{2026-99-99: a}",
            "[a]",
            "{20260617: a}",
            "x",
            '{"2026-06-17": "\\0"}',
            "{²: a}",
        )
    },
    "below": f'{POLICY}consequences:\n  development_below: "1e-99999999"\n',
    "far days": f'{POLICY}ladders:\n  ASSESS:\n    due_days: "99999999999"\n',
    "a key twice": f"{POLICY}name: b\n",
    "a key of nothing": f"{POLICY}? \n: 1\n",
    "a long key": f"{POLICY}{'k' * 3_000}: 1\n",
    "an unseen key": f'{POLICY}"a\\0": 1\n',
    "unknown keys": POLICY + unknown_keys(300).decode().partition("\n")[2],
    "too many keys": unknown_keys(60_000).decode(),
    "no mapping": "- a\n",
    "a word": "x",
    "two documents": f"{POLICY}---\n{POLICY}",
    "nothing": "",
    "blanks": " \n\n",
    "a comment": "# law\n",
    "a marker without its article": POLICY.replace("weight: 60", "weight: 60  # law"),
    "a circle": POLICY.replace("permenpanrb-6-2022", '"16.71"'),
    "an unknown ground": POLICY.replace("permenpanrb-6-2022", "permenpanrb-0-0000"),
    "a ground of numbers": POLICY.replace("permenpanrb-6-2022", "12"),
    "a ground of lists": POLICY.replace("permenpanrb-6-2022", "[a]"),
    "as committed": text_of("palembang").replace('inherits: "16"', "inherits: permenpanrb-6-2022"),
    "good": POLICY,
}
RAW = {
    "not UTF-8": POLICY.encode() + b"x: \xff\n",
    "half a pair": POLICY.encode() + b"x: \xed\xa0\x80\n",
    "UTF-16": POLICY.encode("utf-16"),
    "with a mark": b"\xef\xbb\xbf" + POLICY.encode(),
    "one too large": POLICY.encode().ljust(limits.DOCUMENT.most + 1, b"\n"),
}
ALL = {name: text.encode("utf-8", "surrogatepass") for name, text in DOCUMENTS.items()} | RAW


@pytest.fixture
def http(client_of: ClientOf, registry_db: Database) -> Client:
    return client_of("registry", registry_db)


def _checked(file: Path) -> tuple[set[str], bool]:
    """The mistakes, and whether it says that the policy holds."""
    nothing = file.parent / "none"
    nothing.mkdir(exist_ok=True)
    result = CliRunner().invoke(app, ["policy", "check", str(file), "--cities", str(nothing)])
    assert result.exception is None or isinstance(result.exception, SystemExit), (file, result.exception)
    assert result.exit_code in (0, 1), result.output
    holds = " holds (" in result.output
    assert holds == (result.exit_code == 0), result.output
    return {":".join(found.groups()) for found in _LINE.finditer(result.output)}, holds


def _judged(content: bytes) -> set[str]:
    """What an import says of it, in a city that has a policy."""
    known = Known(city="16.71", today=TODAY, units={"16.71": None})
    _, errors = judged(policy=content, units=None, servants=None, known=known)
    return {f"{one.line}:{one.column}:{one.wrong.en}. {one.fix.en}" for one in errors}


def test_whatever_is_checked_is_judged_by_an_import_with_the_same_words_at_the_same_places(tmp_path: Path) -> None:
    file, differ = tmp_path / "policy.yaml", {}
    for name, content in ALL.items():
        file.write_bytes(content)
        mistakes, holds = _checked(file)
        if (found := _judged(content)) != mistakes or holds == bool(found):
            differ[name] = (holds, found ^ mistakes)
    assert differ == {}


@pytest.mark.connected
async def test_whatever_holds_is_taken_in_by_an_import(http: Client) -> None:
    assert (await submit(http, small())).status_code == 201
    holding = {name: content for name, content in ALL.items() if not _judged(content)}
    assert len(holding) > 10
    refused = {}
    for name, content in holding.items():
        answer = await submit(http, {"policy.yaml": content}, dry_run=True)
        if answer.status_code != 201:
            refused[name] = answer.text
    assert refused == {}


@pytest.mark.connected
async def test_whatever_is_refused_is_refused_over_http_with_its_places(http: Client) -> None:
    for name in ("weight: '.nan'", "too many keys", "unknown keys", "an unseen key", "UTF-16"):
        answer = await submit(http, {"policy.yaml": ALL[name]})
        found = {f"{one['line']}:{one['column']}:{one['wrong']}. {one['mend']}" for one in answer.json()["errors"]}
        assert (answer.status_code, found - _judged(ALL[name])) == (422, set()), name
