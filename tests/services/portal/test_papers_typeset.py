"""Official forms as files: tagged, the same bytes from the same input, whole whatever people wrote in them."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from contracts.portal.papers import PaperKind
from services.portal.papers.rules.codes import hash_of, identity
from services.portal.papers.rules.labels import FORMS, TITLES, labels
from services.portal.papers.rules.letters import MISSING, printable
from services.portal.papers.rules.parts import Paper
from services.portal.papers.rules.typesetting import render
from tests.support.papers.every import every_paper
from tests.support.papers.people import ADDRESS, SERVANT
from tests.support.papers.plans import evaluation, plan
from tests.support.papers.results import result, result_after_objection

PAPERS = every_paper()
LANGUAGES = ("id", "en")
_CYRILLIC_KEPT, _ARABIC_KEPT = "Привет", "\u0645\u062d\u0645\u062f"
_TYPST = '#panic("x") #read("/etc/passwd") $1/0$ *b* _i_ `r` <label> @ref = H \\ // c #sys.inputs.data [x](y) ~ --- "q"'


def _read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file), strict=True)


def _text(file: bytes) -> str:
    """All pages as one line; a place where a word may break is no letter."""
    return " ".join(" ".join(page.extract_text() for page in _read(file).pages).replace("\u200b", "").split())


def _root(file: PdfReader) -> Any:
    return file.trailer["/Root"]


def _tags(node: object) -> Iterator[str]:
    """The kinds of all elements of the structure, in their order."""
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        children = node.get("/K", [])
        resolved = children.get_object() if hasattr(children, "get_object") else children
        for child in resolved if isinstance(resolved, list) else [resolved]:
            yield from _tags(child.get_object() if hasattr(child, "get_object") else child)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_form_is_tagged_names_its_language_and_title_and_says_that_it_is_accessible(
    paper: Paper, language: str
) -> None:
    file = _read(render(paper, address=ADDRESS, language=language))
    root = _root(file)
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data() or b"<pdfuaid:part>1<" in root["/Metadata"].get_data()
    title = TITLES[paper.kind]
    assert file.metadata is not None
    assert str(file.metadata.title).startswith(title.id if language == "id" else title.en)
    tags = list(_tags(root["/StructTreeRoot"].get_object()))
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(tags)
    assert all(page.get("/Tabs") == "/S" or "/Annots" not in page for page in file.pages)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_code_that_leads_to_its_verification_is_on_every_page(paper: Paper) -> None:
    file = render(paper, address=ADDRESS)
    known = identity(paper, language="id", address=ADDRESS)
    assert all(known.code in page.extract_text() for page in _read(file).pages)
    links = [one.get_object()["/A"]["/URI"] for page in _read(file).pages for one in page.get("/Annots", [])]
    assert set(links) == {f"{ADDRESS}/keaslian/{known.code}"}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_what_is_in_a_form_is_written_on_it(paper: Paper) -> None:
    shown = _letters(_text(render(paper, address=ADDRESS)))
    said = set(_said(paper.model_dump(exclude={"head": {"zone", "tenant_id"}})))
    assert {text for text in said if _letters(text) not in shown} == set()


def _letters(text: str) -> str:
    """However it is broken into lines, and in small letters: titles stand in capitals."""
    return "".join(text.split()).lower()


def _said(value: object) -> Iterator[str]:
    """Every text that people wrote."""
    if isinstance(value, dict):
        if set(value) == {"id", "en"}:
            yield value["id"]
            return
        for name, one in value.items():
            if name not in ("grade", "position_kind"):
                yield from _said(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _said(one)
    elif type(value) is str and value:
        yield value


def test_the_forms_of_the_regulation_carry_their_numbers() -> None:
    kinds = {kind: _text(render(PAPERS[kind.value], address=ADDRESS)) for kind in FORMS}
    assert all(FORMS[kind].id in shown for kind, shown in kinds.items())
    assert "D.1.3" in kinds[PaperKind.RESULT_AFTER_OBJECTION]
    assert labels("id")["explained"].upper() in kinds[PaperKind.RESULT_AFTER_OBJECTION]
    assert labels("id")["by_superior"] in kinds[PaperKind.RESULT_BY_SUPERIOR]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_a_form_names_no_choice_by_its_code(paper: Paper, language: str) -> None:
    shown = _text(render(paper, address=ADDRESS, language=language))
    assert re.findall(r"\b[A-Z]+_[A-Z_]+\b|\b(?:None|null|True|False)\b", shown) == []


def test_the_same_form_has_the_same_bytes_in_another_process() -> None:
    code = (
        "from tests.support.papers.every import every_paper\n"
        "from tests.support.papers.people import ADDRESS\n"
        "from services.portal.papers.rules.codes import hash_of\n"
        "from services.portal.papers.rules.typesetting import render\n"
        "for name, one in reversed(every_paper().items()): print(name, hash_of(render(one, address=ADDRESS)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"TZ": "Asia/Jayapura"}
    )
    here = {name: hash_of(render(one, address=ADDRESS)) for name, one in PAPERS.items()}
    assert dict(line.split() for line in told.stdout.splitlines()) == here


def test_no_moment_of_its_making_and_no_font_of_the_machine_is_in_a_file() -> None:
    file = _read(render(plan(), address=ADDRESS))
    assert file.metadata is not None
    assert file.metadata.creation_date is None
    found: list[Any] = [page["/Resources"] for page in file.pages]
    fonts = {font.get_object()["/BaseFont"] for resources in found for font in resources["/Font"].values()}
    assert {re.sub(r"^/[A-Z]{6}\+", "", name).split("-")[0] for name in fonts} <= {"NotoSans", "DejaVuSans"}


def test_what_differs_in_content_language_or_portal_is_another_paper() -> None:
    one = identity(plan(), language="id", address=ADDRESS)
    changed = plan().model_copy(update={"version": 3})
    others = [
        identity(changed, language="id", address=ADDRESS),
        identity(plan(), language="en", address=ADDRESS),
        identity(plan(), language="id", address="https://other.example"),
    ]
    assert one == identity(plan(), language="id", address=ADDRESS)
    assert len({one.code, *(other.code for other in others)}) == 4


def test_markup_in_what_people_wrote_is_only_letters() -> None:
    hostile = result().model_copy(update={"note": _TYPST, "servant": SERVANT.model_copy(update={"name": _TYPST})})
    assert _text(render(hostile, address=ADDRESS)).count(_TYPST) == 3
    assert hash_of(render(result(), address=ADDRESS)) == hash_of(render(every_paper()["RESULT"], address=ADDRESS))


def test_what_no_font_can_show_becomes_a_square_and_the_form_says_so() -> None:
    odd = f"A\x07B\u202eC\ufeff {_CYRILLIC_KEPT} {_ARABIC_KEPT} \u4e2d\ue000\U0001f9e1\ufffe \U0001d400"
    file = render(result().model_copy(update={"note": odd, "receipt_note": "\u200b\n\r\n \t"}), address=ADDRESS)
    shown = _text(file)
    assert f"ABC {_CYRILLIC_KEPT}" in shown
    assert labels("id")["missing"] in shown
    assert MISSING * 2 in shown
    assert labels("id")["missing"] not in _text(render(result(), address=ADDRESS))


@pytest.mark.parametrize(
    "point", [*range(0x20), 0x7F, 0xD800, 0xFDD0, 0xFFFE, 0xE000, 0x110000 - 1, 0x2028, 0x00AD, 0xFE0F]
)
def test_no_single_character_keeps_a_form_from_being_made(point: int) -> None:
    assert render(result().model_copy(update={"note": f"a{chr(point)}b"}), address=ADDRESS).startswith(b"%PDF")


def test_a_long_word_or_address_breaks_inside_its_column() -> None:
    address = "https://contoh.go.id/" + "arsip-" * 40
    assert printable(address).replace("\u200b", "") == address
    assert max(map(len, re.split("[\u200b ]", printable("w" * 400 + " " + address)))) <= 48
    assert "w" * 400 in _letters(_text(render(result().model_copy(update={"note": "w" * 400}), address=ADDRESS)))


@pytest.mark.parametrize("long", [plan(40), evaluation(40)], ids=["plan", "evaluation"])
def test_forty_results_break_pages_and_the_heads_of_tables_are_on_each(long: Paper) -> None:
    pages = [" ".join(page.extract_text().split()) for page in _read(render(long, address=ADDRESS)).pages]
    assert len(pages) > 5
    lines = [
        page for page in pages if "Terlaksananya kunjungan rumah bagi pasien kronis" in page and "wilayah kerja" in page
    ]
    assert len(lines) >= 4
    assert all(labels("id")["superior"] in page and labels("id")["aspect"] in page for page in lines)
    assert all(f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, start=1))
    shown = " ".join(pages)
    assert all(f"wilayah {number}" in shown for number in range(1, 41))


def test_a_text_of_many_pages_is_whole() -> None:
    long = "\n".join(f"Alinea {number}: " + "kunjungan rumah pasien kronis " * 12 for number in range(120))
    changed = result_after_objection()
    assert changed.objection is not None
    paper = changed.model_copy(update={"objection": changed.objection.model_copy(update={"grounds": long})})
    file = render(paper, address=ADDRESS)
    shown = _text(file)
    assert len(_read(file).pages) > 4
    assert all(f"Alinea {number}:" in shown for number in range(120))


def test_a_form_of_which_nothing_is_known_yet_can_be_made() -> None:
    bare = plan().model_copy(
        update={
            "results": (),
            "rater": None,
            "resources": (),
            "positive": (),
            "negative": (),
            "signatures": (),
            "set_at": None,
        }
    )
    shown = _text(render(bare, address=ADDRESS))
    assert labels("id")["draft"].upper() in shown
    empty = evaluation().model_copy(
        update={"results": (), "result_rating": None, "behaviour_rating": None, "predicate": None}
    )
    assert labels("id")["not_evaluated"].upper() in _text(render(empty, address=ADDRESS))
