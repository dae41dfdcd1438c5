"""`kinerja compute`: scores, predicates, credit points and deadlines of cases in JSON Lines, without any stack."""

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, NoReturn, TextIO

import typer
from pydantic import ValidationError

from kinerja.commands.cases import CASE, Answer
from kit.errors import Invalid, KinerjaError

_HELP = """Compute cases without any stack: one JSON object a line in, one a line out, with the whole trace.

A case says what to [bold]compute[/bold]: score, pp30, achievement, quadrant, credit or deadline. It may stand alone or
as {"case": ...}. A case that cannot be computed answers {"error": {"type", "detail", "where"}} on its line, and the
exit code is 1.

Example:

  echo '{"compute": "quadrant", "result_rating": "ABOVE", "behaviour_rating": "BELOW"}' | kinerja compute -

  {"quadrant": 4, "predicate": "POOR", "trace": [...]}
"""


def register(app: typer.Typer) -> None:
    app.command(help=_HELP)(compute)


def compute(file: Annotated[str, typer.Argument(help="A file of JSON Lines; - reads from standard input.")]) -> None:
    """Answer every line; see the help above."""
    failed = False
    for answer in _answers(_lines(file)):
        failed = failed or "error" in answer
        typer.echo(json.dumps(answer, ensure_ascii=False))
    if failed:
        raise typer.Exit(1)


def _lines(file: str) -> Iterator[str]:
    if file == "-":
        yield from _read(sys.stdin)
        return
    try:
        with Path(file).open(encoding="utf-8") as opened:
            yield from _read(opened)
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}") from error


def _read(text: TextIO) -> Iterator[str]:
    return (line.strip() for line in text if line.strip())


def _answers(lines: Iterable[str]) -> Iterator[Answer]:
    for line in lines:
        try:
            yield CASE.validate_python(_parsed(line)).computed()
        except json.JSONDecodeError as error:
            yield _error("not-json", error.msg, f"column {error.colno}")
        except ValidationError as error:
            yield _misshapen(error)
        except KinerjaError as error:
            yield _error(error.kind, error.en, str(error.extra.get("where", "")))


def _parsed(line: str) -> object:
    """The case of a line; decimals stay exact."""
    found = json.loads(line, parse_float=Decimal, parse_constant=_no_number)
    if isinstance(found, dict) and isinstance(found.get("case"), dict):
        return found["case"]
    return found


def _no_number(text: str) -> NoReturn:
    raise Invalid(f"{text} is no number", f"{text} bukan angka", where="")


def _misshapen(error: ValidationError) -> Answer:
    """The first mistake; its place without the name of the kind of case."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    kinds = {"pp30", "achievement", "quadrant", "credit", "deadline", "score"}
    where = [str(part) for part in first["loc"] if part not in kinds]
    return _error("invalid", first["msg"], ".".join(where))


def _error(kind: str, detail: str, where: str) -> Answer:
    return {"error": {"type": kind, "detail": detail, "where": where}}
