"""A page to print, from titles and lines: text is escaped, and nothing in it is fetched or run."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from contracts.base import Words


class Line(NamedTuple):
    """One thing that is said, below its name."""

    name: Words
    text: str


class Section(NamedTuple):
    """Lines that belong together."""

    title: Words
    lines: Sequence[Line]


_STYLE = (
    "body{font-family:serif;max-width:48em;margin:2em auto}table{width:100%;border-collapse:collapse}"
    "th,td{border:1px solid;padding:.4em;text-align:left;vertical-align:top}th{width:32%;font-weight:normal}"
    "td{white-space:pre-wrap}small{color:#555}"
)
_NOTHING_FETCHED = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: Words, sections: Sequence[Section]) -> str:
    """The whole page, Indonesian first."""
    body = "".join(_section(one) for one in sections)
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FETCHED}">'
        f"<title>{escape(title.id)}</title><style>{_STYLE}</style></head><body><h1>{_both(title)}</h1>{body}</body></html>"
    )


def _section(one: Section) -> str:
    rows = "".join(f"<tr><th>{_both(line.name)}</th><td>{escape(line.text)}</td></tr>" for line in one.lines)
    return f"<h2>{_both(one.title)}</h2><table>{rows}</table>"


def _both(words: Words) -> str:
    return f"{escape(words.id)} <small>{escape(words.en)}</small>"
