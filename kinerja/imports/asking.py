"""What the registry asks of whoever sends an office's own file: what its columns mean, and what ambiguous values mean."""

from collections.abc import Mapping, Sequence

import typer
from rich.console import Console
from rich.table import Table

from kinerja.imports.answers import Proposal, Question
from kinerja.imports.words import say
from kinerja.stack.errors import StackError

NOT_USED = "-"
"""Instead of a field: the column is not read."""
Pairs = Sequence[tuple[str, str]]
"""Column and field."""


def pairs_of(written: Sequence[str]) -> Pairs:
    """``COLUMN=field``, each; raises BadParameter for what is written otherwise."""
    pairs = [tuple(part.strip() for part in one.rpartition("=")[::2]) for one in written]
    if wrong := next((one for one, pair in zip(written, pairs, strict=True) if not all(pair)), None):
        raise typer.BadParameter(f"'{wrong}' is not COLUMN=field, e.g. --map 'NIP BARU=nip'")
    return [(column, field) for column, field in pairs]


def answers_of(written: Sequence[str]) -> dict[str, dict[str, str]]:
    """``field:VALUE=meaning``, each; raises BadParameter for what is written otherwise."""
    found: dict[str, dict[str, str]] = {}
    for one in written:
        asked, equals, meaning = one.rpartition("=")
        field, colon, value = asked.partition(":")
        if not equals or not colon or not field:
            raise typer.BadParameter(
                f"'{one}' is not field:VALUE=meaning, e.g. --answer position_kind:Struktural=PENGAWAS"
            )
        found.setdefault(field.strip(), {})[value] = meaning.strip()
    return found


def columns_of(proposal: Proposal, pairs: Pairs) -> dict[str, str]:
    """By field: the proposed column, or the one that was named; raises StackError for one that the header lacks."""
    columns = dict(proposal.columns)
    labels = {_plain(label): label for label in proposal.header}
    for column, field in pairs:
        if (label := labels.get(_plain(column))) is None:
            raise StackError(f"{proposal.file} has no column '{column}': {', '.join(proposal.header)}")
        columns = {name: other for name, other in columns.items() if other != label}
        if field != NOT_USED:
            columns[field] = label
    return columns


def show(console: Console, proposal: Proposal, columns: Mapping[str, str], language: str) -> None:
    """Each column with what it is taken for and why, then what stands in for fields that no column gives."""
    where = f"{proposal.file}, {say('sheet', language)} {proposal.sheet}" if proposal.sheet else proposal.file
    table = Table(title=f"{where}, {say('row', language)} {proposal.line}", title_justify="left")
    for name in ("column", "field", "why"):
        table.add_column(say(name, language), overflow="fold")
    fields = {label: name for name, label in columns.items()}
    for one in proposal.reasons:
        if one.header is not None:
            field = fields.get(one.header)
            chosen = field != one.field
            table.add_row(one.header, field or NOT_USED, say("chosen", language) if chosen else one.reason[language])
    console.print(table)
    for one in proposal.reasons:
        if one.header is None and one.field not in columns:
            console.print(f"{one.field}: {one.reason[language]}")


def is_agreed(*, yes: bool, language: str) -> bool:
    """Whether the mapping is confirmed; where nobody answers it is not."""
    if yes:
        return True
    try:
        return typer.confirm(say("confirm", language))
    except typer.Abort:
        return False


def ask(console: Console, questions: Sequence[Question], language: str) -> dict[str, dict[str, str]]:
    """What each value means; nothing where nobody answers, and a value without an answer is asked again later."""
    found: dict[str, dict[str, str]] = {}
    for one in questions:
        console.print(f"{one.field}: {one.en if language == 'en' else one.id}")
        if one.choices:
            console.print(f"  {', '.join(one.choices)}")
        try:
            said = typer.prompt(say("meaning", language), default="", show_default=False).strip()
        except typer.Abort:
            break
        if said:
            found.setdefault(one.field, {})[one.value] = "" if said == NOT_USED else said.split(" (")[0]
    return found


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
