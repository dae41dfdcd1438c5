"""`kinerja results explain`: why a result is what it is, step by step, in sentences with the numbers beside them."""

import json
import textwrap
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import typer

from kinerja.library import CITIES
from kinerja.office import Answer, city_with, office
from kinerja.options import CitiesOption, CityOption, JsonOption, Language, StateOption
from kinerja.stack.state import State

WIDTH = 80
_HEADING = {
    Language.ID: "Hasil {id}, versi {version}: predikat {predicate}, nilai {score}",
    Language.EN: "Result {id}, version {version}: predicate {predicate}, score {score}",
}
_POLICY = {
    Language.ID: "Dihitung dengan kebijakan versi {policy_version}; setiap langkah dapat dihitung ulang:",
    Language.EN: "Computed under version {policy_version} of the policy; anybody can compute each step again:",
}
_NONE = {Language.ID: "tidak ada", Language.EN: "none"}


def register(app: typer.Typer) -> None:
    app.command()(explain)


def explain(
    result: Annotated[UUID, typer.Argument(metavar="ID", help="Id of the result.")],
    language: Annotated[Language, typer.Option("--language", help="Language of the sentences.")] = Language.ID,
    city: CityOption = None,
    as_json: JsonOption = False,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Answer "why is this 78.25" at a running stack: every step of the score, with what it was computed from.

    Example: kinerja results explain 019ac3d2-7f4e-7bd1-9a55-1f0c2f3a4b5c --language en
    """
    found, path = State.find(state), f"/results/{result}"
    code = city or city_with(found, path, f"result {result}", cities)
    with office(found, "evaluation", code, language=language.value) as asking:
        shown, explanation = asking.get(path), asking.get(f"{path}/explanation")
    if as_json:
        typer.echo(json.dumps({"result": shown, "explanation": explanation}, ensure_ascii=False))
        return
    for line in lines(shown, explanation, language):
        typer.echo(line)


def lines(result: Answer, explanation: Answer, language: Language) -> Iterator[str]:
    """The result, then each step: what it says, and below it the operands from which it follows."""
    score = result["local_score"] or _NONE[language]
    yield from _wrapped(_HEADING[language].format(**{**result, "score": score}))
    yield from _wrapped(_POLICY[language].format(**explanation))
    steps = zip(explanation["sentences"], explanation["trace"], strict=True)
    for number, (sentence, step) in enumerate(steps, start=1):
        yield from _wrapped(sentence[language.value], start=f"{number:3}. ")
        if step["operands"]:
            yield from _wrapped(operands(step), start="     = " if step["value"] is not None else "     ")


def operands(step: dict[str, Any]) -> str:
    """``98 <- speed 100 (x 60), accuracy 95 (x 40)``: the exact numbers, by the names that the trace has for them."""
    parts = [
        f"{one['name']} {one['value']}" + (f" (x {one['weight']})" if one["weight"] is not None else "")
        for one in step["operands"]
    ]
    return (f"{step['value']} <- " if step["value"] is not None else "") + ", ".join(parts)


def _wrapped(text: str, *, start: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False)
