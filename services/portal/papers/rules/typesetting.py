"""Typesets a form: one compiler a process, the project's own fonts, no clock, tagged for screen readers (PDF/UA-1).

What people wrote reaches the template as JSON beside it and never as its source: markup in it is only letters.
"""

import json
import threading
from functools import cache
from typing import Any

import segno
import typst

from contracts.portal.papers import PaperKind
from services.portal.papers.rules.codes import TEMPLATES, Identity, identity
from services.portal.papers.rules.labels import FORMS, TITLES, labels
from services.portal.papers.rules.letters import FONTS, MISSING
from services.portal.papers.rules.parts import Paper
from services.portal.papers.rules.written import Writer, said

_TEMPLATE = {
    PaperKind.PLAN: "plan",
    PaperKind.EVALUATION: "evaluation",
    PaperKind.RESULT: "result",
    PaperKind.RESULT_BY_SUPERIOR: "result",
    PaperKind.RESULT_AFTER_OBJECTION: "result",
    PaperKind.OBJECTION: "objection",
    PaperKind.VISIT: "visit",
    PaperKind.FILE: "file",
    PaperKind.UPWARD: "upward",
    PaperKind.CITY_MEETING: "listing",
    PaperKind.PROVINCE_MEETING: "listing",
    PaperKind.TEAM: "listing",
    PaperKind.CASE: "listing",
    PaperKind.LISTING: "listing",
}
_MASK = 3
_ALONE = threading.Lock()
"""A compiler has one set of inputs: two threads would typeset one another's form."""


def render(paper: Paper, *, address: str, language: str = "id") -> bytes:
    """The form as a PDF; the same input gives the same bytes in every process and on every machine.

    ``address`` is where people reach the portal: the code on the paper leads to it. Some ten milliseconds of a
    processor; whoever has other requests to answer meanwhile calls it in a thread.
    """
    data = _data(paper, identity(paper, language=language, address=address), language)
    source = TEMPLATES / f"{_TEMPLATE[paper.kind]}.typ"
    with _ALONE:
        made = _compiler().compile(
            source,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, separators=(",", ":"))},
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{source.name} made no file")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=TEMPLATES, font_paths=fonts)


def _data(paper: Paper, known: Identity, language: str) -> dict[str, Any]:
    form = FORMS.get(paper.kind)
    written = Writer(language, paper.head.zone).write(paper)
    return {
        "language": language,
        "title": said(TITLES[paper.kind], language),
        "official_title": TITLES[paper.kind].id,
        "form": None if form is None else said(form, language),
        "code": known.code,
        "link": known.link,
        "qr": _qr(known.link),
        "labels": labels(language),
        "paper": written,
        "missing": MISSING in json.dumps(written, ensure_ascii=False),
    }


def _qr(link: str) -> str:
    # Which mask is the best of eight is most of the work, and any of them can be read.
    made = segno.make_qr(link, error="m", mask=_MASK)
    return made.svg_inline(border=2, svgclass=None, lineclass=None, omitsize=True)
