"""Files that were made to hurt: workbooks part by part, tables and documents of any size."""

import io
import zipfile
from collections.abc import Iterable, Mapping

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PARTS = {
    "[Content_Types].xml": _TYPES,
    "_rels/.rels": _RELS,
    "xl/workbook.xml": _BOOK,
    "xl/_rels/workbook.xml.rels": _BOOK_RELS,
    "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData/></worksheet>",
    "xl/sharedStrings.xml": f"<sst {MAIN}/>",
    "xl/styles.xml": f"<styleSheet {MAIN}/>",
}
"""Every part of the smallest workbook."""


def workbook(parts: Mapping[str, str | bytes | Iterable[bytes]] | None = None, *, without: Iterable[str] = ()) -> bytes:
    """A workbook with some parts replaced, added or left away; a part may be many pieces."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, **(parts or {})}.items():
            if name in without:
                continue
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in _pieces(content):
                    part.write(piece)
    return made.getvalue()


def sheet(rows: str, *, dimension: str = "") -> bytes:
    """A workbook whose only sheet has these rows, in XML."""
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    return workbook({"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{size}<sheetData>{rows}</sheetData></worksheet>"})


def row(number: int, *cells: str) -> str:
    """One row of text cells, in XML."""
    inside = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inside}</row>'


def wide_and_far() -> bytes:
    """A few hundred kilobytes that say they have 16,384 columns on each of a million lines, and have some at the ends."""
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 1_048_576, 25))
    return sheet(rows, dimension="A1:XFD1048576")


def many_styles(count: int) -> bytes:
    """A workbook of so many formats, each of which becomes an object of a kilobyte."""
    styles = [b"<styleSheet ", MAIN.encode(), b"><cellXfs>", *([b"<xf/>" * 1_000] * (count // 1_000))]
    return workbook({"xl/styles.xml": [*styles, b"</cellXfs></styleSheet>"]})


def wide_header() -> bytes:
    """A table of a million columns."""
    return ",".join(f"k{number}" for number in range(1_000_000)).encode()


def short_lines(size: int) -> bytes:
    """So many bytes of lines with one letter."""
    return b"a\n" * (size // 2)


def unknown_keys(count: int) -> bytes:
    """A policy of so many keys that nobody knows."""
    return b'scope: "16.71"\n' + b"".join(b"objecton%d: {weigth: 1}\n" % number for number in range(count))


def _pieces(content: str | bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, str):
        return [content.encode()]
    return [content] if isinstance(content, bytes) else content
