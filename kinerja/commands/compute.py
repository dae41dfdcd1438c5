"""`kinerja compute`: scores, predicates, credit points and deadlines of cases in JSON Lines, without any stack."""

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, BinaryIO

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
    for answer in answers(_lines(file)):
        failed = failed or "error" in answer
        typer.echo(_shown(answer))
    if failed:
        raise typer.Exit(1)


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from _read(sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as opened:
            yield from _read(opened)
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}") from error


def _read(lines: BinaryIO) -> Iterator[bytes]:
    """Lines that hold something; an editor's mark at the start of a file is no part of the first."""
    for number, line in enumerate(lines):
        stripped = (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip()
        if stripped:
            yield stripped


def answers(lines: Iterable[bytes]) -> Iterator[Answer]:
    """One answer a line, whatever the line holds."""
    for line in lines:
        try:
            yield CASE.validate_python(_parsed(line)).computed()
        except UnicodeDecodeError as error:
            yield _error("not-json", "the line is not UTF-8", f"byte {error.start + 1}")
        except json.JSONDecodeError as error:
            yield _error("not-json", error.msg, f"column {error.colno}")
        except RecursionError:
            yield _error("not-json", "the line is nested too deeply", "")
        except ValidationError as error:
            yield _misshapen(error)
        except KinerjaError as error:
            yield _error(error.kind, error.en, str(error.extra.get("where", "")))
        except (ArithmeticError, ValueError) as error:
            yield _error("invalid", str(error) or "a number is too long to calculate with", "")


def _parsed(line: bytes) -> object:
    """The case of a line; decimals stay exact, and NaN stays to be refused where it stands."""
    found = json.loads(line.decode(), parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_once)
    if isinstance(found, dict) and isinstance(found.get("case"), dict):
        return found["case"]
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs; of two numbers under one name nobody knows which is meant."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Invalid(f"{twice} is given twice", f"{twice} ditulis dua kali", where=twice)
    return made


def _misshapen(error: ValidationError) -> Answer:
    """The first mistake; its place without the name of the kind of case."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"].startswith("union_tag"):
        return _error("invalid", first["msg"], "compute")
    where = ".".join(str(part) for part in first["loc"][1:])
    return _error("invalid", first["msg"].removeprefix("Value error, "), where)


def _error(kind: str, detail: str, where: str) -> Answer:
    return {"error": {"type": kind, "detail": detail, "where": where}}


def _shown(answer: Answer) -> bytes:
    """In UTF-8, whatever the terminal speaks; half a character that JSON let pass stays escaped."""
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(answer).encode()
