"""Ten thousand official forms of all kinds: processor time each, whether all are tagged, and the same in another process."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import typst

from bench import room
from bench.figures import Budget, Figure
from services.portal.papers.rules.codes import hash_of
from services.portal.papers.rules.letters import FONTS
from services.portal.papers.rules.parts import Paper, Person
from services.portal.papers.rules.typesetting import render
from services.portal.papers.rules.verification import Verdict, verdict
from tests.support.papers.every import every_paper
from tests.support.papers.people import ADDRESS
from tests.support.papers.plans import plan

SEED = 6_2022
_TAGGED = (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid")
_BARE = b"""#set document(title: "Bare")
#set text(lang: "id", font: "Noto Sans")
= Bare
#sys.inputs.line"""
_WORDS = [
    "kunjungan",
    "rumah",
    "pasien",
    "kronis",
    "wilayah",
    "puskesmas",
    "laporan",
    "layanan",
    "warga",
    "anggaran",
    "pelatihan",
    "kader",
    "posyandu",
    "jadwal",
    "pemeriksaan",
    "rujukan",
    "vaksinasi",
    "penyuluhan",
    "keluarga",
    "lingkungan",
    "sanitasi",
    "evaluasi",
    "triwulan",
    "dokumen",
    "arsip",
    "kelurahan",
]


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Processor seconds a form, and three counts of what must not be."""
    count = 1_000 if quick else 10_000
    say("papers: a page with one line")
    bare = await asyncio.to_thread(_bare, 300)
    say(f"papers: {count:,} official forms")
    each, hashes, untagged, missed = await asyncio.to_thread(_made, count)
    say(f"papers: the same {count:,} in another process")
    again = await asyncio.to_thread(_elsewhere, count)
    differ = sum(one != other for one, other in zip(hashes, again, strict=True))
    against = "the same typesetter: a tagged page with one line"
    return [
        _figure(f"processor time a form, {count:,} of all kinds", each * 1000, "ms", bare * 1000, against, 50),
        _figure("of them not tagged", untagged, "", count, "all", 0),
        _figure("of them with other bytes when made again in another process", differ, "", count, "all", 0),
        _figure("of them taken for genuine with one bit changed", missed, "", count, "all", 0),
    ]


def _figure(what: str, measured: float, unit: str, baseline: float, against: str, limit: float) -> Figure:
    return Figure(
        bench="papers",
        what=what,
        measured=measured,
        unit=unit,
        baseline=baseline,
        against=against,
        budget=Budget(limit=limit, kind="at most"),
    )


def papers(count: int) -> Iterator[Paper]:
    """As many as are wanted, all kinds in turn, every one of another person with other texts; always the same ones."""
    chance = Random(SEED)  # noqa: S311 - texts of a bench
    kinds = list(every_paper().values())
    for number in range(count):
        paper = kinds[number % len(kinds)]
        if paper.kind.value == "PLAN":
            paper = plan(chance.randint(2, 6))
        yield _another(paper, number, chance)


def _another(paper: Paper, number: int, chance: Random) -> Paper:
    """The same form of somebody else: name, and every text of some length, are others."""
    changed = json.loads(paper.model_dump_json(), object_hook=lambda found: _texts(found, chance))
    person = {"name": f"Pegawai {number}", "nip": f"1901{number:014d}"}
    whose: dict[str, object] = {"subject_id": str(UUID(int=number + 1))}
    if "servant" in changed:
        whose |= {"servant": Person.model_validate(changed["servant"] | person)}
    return type(paper).model_validate(changed | whose)


def _texts(found: dict[str, object], chance: Random) -> dict[str, object]:
    wordy = {
        "statement",
        "need",
        "note",
        "grounds",
        "reason",
        "what",
        "how",
        "reply",
        "explained",
        "text",
        "expectation",
    }
    return {name: _sentence(chance) if name in wordy and one else one for name, one in found.items()}


def _sentence(chance: Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(5, 14))).capitalize()


def _made(count: int) -> tuple[float, list[str], int, int]:
    """Processor time a form, the hash of each, how many are not tagged, how many are genuine though they were changed."""
    render(plan(), address=ADDRESS)  # the fonts are read once a process
    spent, hashes, untagged, missed = 0.0, [], 0, 0
    for paper in papers(count):
        began = time.process_time()
        file = render(paper, address=ADDRESS)
        spent += time.process_time() - began
        hashes.append(hash_of(file))
        untagged += not all(mark in file for mark in _TAGGED)
        changed = bytearray(file)
        changed[len(hashes) * 7919 % len(file)] ^= 1
        missed += verdict(hashes[-1], hash_of(bytes(changed))) is not Verdict.CHANGED
    return spent / count, hashes, untagged, missed


def _bare(count: int) -> float:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(font_paths=fonts)
    began = time.process_time()
    for number in range(count):
        compiler.compile(_BARE, format="pdf", pdf_standards=["ua-1"], sys_inputs={"line": f"Baris {number}"})
    return (time.process_time() - began) / count


def _elsewhere(count: int) -> list[str]:
    told = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench.papers", str(count)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()


if __name__ == "__main__":
    for one in papers(int(sys.argv[1])):
        print(hash_of(render(one, address=ADDRESS)))
