"""Puts a note into words: templates in Indonesian and English, the first line is the subject."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from services.notify.notices.rules import vocabulary, words
from services.notify.notices.rules.notes import Note, Param

TEMPLATES = Path(__file__).parent.parent / "templates"


class Letter(NamedTuple):
    """What the person reads."""

    subject: str
    body: str


def write(note: Note, language: str, *, names: Mapping[str, str], zone: str) -> Letter:
    """The note in the person's language; ``names`` gives people's and units' names by their ids."""
    tongue = language if language in words.LANGUAGES else words.LANGUAGES[0]
    template = _environment().get_template(f"{tongue}/{note.template}.txt")
    params = {name: _one_line(value) for name, value in note.params.items()}
    text = template.render(params | {"language": tongue, "names": names, "zone": zone})
    subject, _, body = text.partition("\n")
    return Letter(subject.strip(), body.strip())


def _one_line(value: Param) -> Param:
    """A title that somebody typed must not break the subject line."""
    return " ".join(value.split()) if isinstance(value, str) else value


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701 - plain text, never HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(name=_name, obligation=_obligation, predicate=_predicate, moment=_moment, day=_day)
    made.filters.update({table: pass_context(partial(_term, table)) for table in vocabulary.TABLES})
    return made


def _term(table: str, context: Context, key: str) -> str:
    return vocabulary.TABLES[table][key][words.which(context["language"])]


@pass_context
def _name(context: Context, person_id: str) -> str:
    return str(context["names"].get(person_id, "-"))


@pass_context
def _obligation(context: Context, kind: str) -> str:
    return words.obligation(kind, context["language"])


@pass_context
def _predicate(context: Context, name: str) -> str:
    return words.predicate(name, context["language"])


@pass_context
def _moment(context: Context, instant: str) -> str:
    return words.moment(datetime.fromisoformat(instant), context["language"], context["zone"])


@pass_context
def _day(context: Context, written: str) -> str:
    return words.day(date.fromisoformat(written), context["language"])
