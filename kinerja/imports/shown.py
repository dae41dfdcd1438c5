"""Shows what an import did, on eighty columns: counts, what was read otherwise than written, what is wrong and where."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kinerja.imports.answers import Finding, Outcome, Problem
from kinerja.imports.words import say

_SHOWN = 20
"""Lines of each list; of the others how many there are."""


def report(
    console: Console, files: Sequence[Path], city: str, outcome: Outcome, *, dry_run: bool, language: str
) -> None:
    """What an import did, or would do."""
    _counts(console, files, city, outcome, dry_run=dry_run, language=language)
    rows = say("rows", language)
    changed = (f"{one.column}: {one.written} -> {one.read}, {one.rows} {rows}" for one in outcome.normalised)
    _listed(console, say("normalised", language), list(changed), language)
    passed = (f"{say('row', language)} {one.row}: {one.text} ({one.why})" for one in outcome.passed_over)
    _listed(console, say("passed", language), list(passed), language)
    _listed(console, say("warnings", language), list(_lines(files, outcome.warnings, language)), language)


def errors(console: Console, files: Sequence[Path], problem: Problem, *, language: str) -> None:
    """One a line, in the form that editors make a link of."""
    for line in _lines(files, problem.found, language):
        console.print(line, soft_wrap=True)
    console.print(problem.detail, soft_wrap=True)


def _lines(files: Sequence[Path], findings: Sequence[Finding], language: str) -> Iterator[str]:
    paths = {path.name: str(path) for path in files}
    for one in findings:
        sheet = f"{say('sheet', language)} '{one.sheet}', " if one.sheet else ""
        place = f"{paths.get(one.file, one.file)}:{one.line}:{one.column}"
        yield f"{place}: {sheet}{one.wrong}. {one.mend}"


def _listed(console: Console, title: str, lines: Sequence[str], language: str) -> None:
    if not lines:
        return
    console.print(f"{title}:")
    for line in lines[:_SHOWN]:
        console.print(f"  {line}", soft_wrap=True)
    if len(lines) > _SHOWN:
        console.print(f"  ... {len(lines) - _SHOWN} {say('more', language)}")


def _counts(
    console: Console, files: Sequence[Path], city: str, outcome: Outcome, *, dry_run: bool, language: str
) -> None:
    names = ", ".join(path.name for path in files)
    table = Table(title=f"{city}: {names}" + (f" ({say('rehearsal', language)})" if dry_run else ""))
    for name in ("", "created", "changed", "unchanged", "not in file"):
        table.add_column(name, justify="left" if not name else "right")
    for kind in ("units", "servants", "competences"):
        counts = outcome.counts.get(kind, {})
        if kind == "competences" and not any(counts.values()):
            continue
        shown = [str(counts[name]) for name in ("created", "changed", "unchanged", "not in file")]
        table.add_row(kind, *shown)
    console.print(table)
    news = [f"policy {one}" for one in outcome.policies]
    news += ["calendar"] if outcome.counts["calendar"]["published"] else []
    console.print(f"published: {', '.join(news) if news else 'nothing new'}")
