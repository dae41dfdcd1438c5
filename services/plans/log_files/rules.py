"""The form of the daily log (Progres Harian): its columns, and from the lines of a file to entries of the log.

How BKN calls the columns of its own export is not published; here are the words of its pages and of the tables that
offices keep. Another word for a column is added to its names, and nothing else changes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kit.files.answers import Wrong
from kit.files.days import day as day_of
from kit.files.errors import FileErrors, quoted
from kit.files.forms import Form
from kit.files.tables import Line
from services.plans.daily_log.rules import DAY_MINUTES, Entry

MOST_ROWS = 2_000
"""Of one file: twice what the most diligent write in a cycle."""
NAMES: dict[str, tuple[str, ...]] = {
    "nip": ("NIP", "NIP Pegawai", "NIP/NRP", "NI PPPK", "Nomor Induk Pegawai"),
    "name": ("Nama", "Nama Pegawai"),
    "day": ("Tanggal", "Tgl", "Tanggal Progres", "Tanggal Kegiatan", "Tanggal Progres Harian", "Hari/Tanggal", "Date"),
    "result": ("Rencana Hasil Kerja", "RHK", "Rencana Hasil Kerja (RHK)", "Hasil Kerja", "Rencana Kinerja"),
    "text": (
        *("Uraian Kegiatan", "Uraian", "Kegiatan", "Progres", "Progres Harian", "Uraian Progres", "Deskripsi"),
        *("Deskripsi Kegiatan", "Aktivitas", "Kegiatan Harian", "Uraian Pekerjaan", "Activity"),
    ),
    "quantity": ("Kuantitas", "Volume", "Jumlah", "Realisasi", "Kuantitas Output", "Output", "Quantity"),
    "minutes": ("Durasi (menit)", "Durasi", "Menit", "Waktu (menit)", "Lama (menit)", "Jumlah Menit", "Minutes"),
    "start": ("Jam Mulai", "Mulai", "Waktu Mulai", "Start"),
    "end": ("Jam Selesai", "Selesai", "Waktu Selesai", "End"),
    "late_reason": ("Alasan Terlambat", "Alasan Keterlambatan", "Alasan", "Late Reason"),
}
WRITTEN = ("nip", "name", "day", "result", "text", "quantity", "minutes", "late_reason")
"""The columns of a download; an upload needs the day, the text and the minutes, or when it began and ended."""
HEADER = tuple(NAMES[one][0] for one in WRITTEN)
FORM = Form(NAMES, (("day",), ("text",), ("minutes", "start")), MOST_ROWS)
_MINUTES = re.compile(r"(\d{1,5})(?:[.,]0+)?\s*(?:menit|mnt|min|minutes?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:\s*(?:wib|wita|wit))?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,16}(?:[.,]\d{1,4})?")
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")
_BETWEEN = re.compile(r"[\s.'`-]+")
_SHORTEST, _LONGEST = 3, 2_000
Words = tuple[str, str]


def written_quantity(quantity: Decimal | None) -> Decimal | str | None:
    """As it is read again: three places after the point would be taken for thousands."""
    if quantity is None:
        return None
    plain = quantity.normalize()
    exponent = plain.as_tuple().exponent
    return f"{plain}0" if exponent == -3 else plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain


def read_entries(
    lines: Iterable[Line], errors: FileErrors, *, nip: str, results: Mapping[str, object], late_reason: str | None
) -> list[tuple[Line, Entry]]:
    """The entries of the lines in which nothing is wrong; ``results`` are ids of work results by ``said``."""
    found = []
    for line in lines:
        before = errors.total
        _judge_person(line, nip, errors)
        values = {
            "day": _day(line, errors),
            "text": _text(line, errors),
            "minutes": _minutes(line, errors),
            "quantity": _quantity(line, errors),
            "work_result_id": _result(line, results, errors),
            "late_reason": line.get("late_reason") or late_reason,
        }
        if errors.total == before:
            found.append((line, Entry.model_validate(values)))
    return found


def said(statement: str) -> str:
    """The same for the same words, however they are spaced and capitalised."""
    return " ".join(statement.casefold().split())


def _wrong(line: Line, field: str, wrong: Words, fix: Words, errors: FileErrors) -> None:
    errors.add(line.at(field), wrong, fix)


def _judge_person(line: Line, nip: str, errors: FileErrors) -> None:
    written = _BETWEEN.sub("", line.get("nip"))
    if written and written != nip:
        wrong = ("this line is not about you: another NIP stands there", "baris ini bukan milik Anda: NIP-nya lain")
        fix = (
            "delete lines of others; format the column as text so that no digit is lost",
            "hapus baris milik orang lain; jadikan kolom NIP teks agar digitnya utuh",
        )
        _wrong(line, "nip", wrong, fix, errors)


def _day(line: Line, errors: FileErrors) -> date | None:
    found = day_of(line.get("day").rpartition(",")[2])
    if isinstance(found, str):
        return date.fromisoformat(found)
    if isinstance(found, Wrong):
        fix = ("day, month, year, e.g. 5/1/2026", "tanggal, bulan, tahun, contoh: 5/1/2026")
        _wrong(line, "day", found.wrong, fix, errors)
    return None


def _text(line: Line, errors: FileErrors) -> str:
    text = line.get("text")
    if not _SHORTEST <= len(text) <= _LONGEST:
        wrong = (f"'{quoted(text)}' does not say what was done", f"'{quoted(text)}' tidak menjelaskan kegiatan")
        fix = (f"write {_SHORTEST} to {_LONGEST} characters", f"tulis {_SHORTEST} sampai {_LONGEST} huruf")
        _wrong(line, "text", wrong, fix, errors)
    return text


def _minutes(line: Line, errors: FileErrors) -> int:
    written = line.get("minutes")
    spent = _spent(written) if written or "start" not in line.fields else _between(line)
    if spent is not None and 1 <= spent <= DAY_MINUTES:
        return spent
    field = "minutes" if written or "start" not in line.fields else "end" if "end" in line.fields else "start"
    shown = quoted(line.get(field))
    wrong = (f"'{shown}' does not say how long it took", f"'{shown}' bukan lama kerja")
    fix = (
        f"minutes of 1 to {DAY_MINUTES}, or when it began and ended, e.g. 08:00 and 09:30",
        f"menit 1 sampai {DAY_MINUTES}, atau jam mulai dan selesai, contoh: 08:00 dan 09:30",
    )
    _wrong(line, field, wrong, fix, errors)
    return 0


def _spent(written: str) -> int | None:
    if found := _MINUTES.fullmatch(written):
        return int(found[1])
    return _clock(written)


def _clock(written: str) -> int | None:
    """Minutes since midnight, or of a duration."""
    found = _CLOCK.fullmatch(written)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _between(line: Line) -> int | None:
    start, end = _clock(line.get("start")), _clock(line.get("end"))
    return None if start is None or end is None else end - start


def _quantity(line: Line, errors: FileErrors) -> Decimal | None:
    written = line.get("quantity").partition(" ")[0]
    if not written or written == "-":
        return None
    if _NUMBER.fullmatch(written) and not _THOUSANDS.fullmatch(written):
        return Decimal(written.replace(",", "."))
    shown = quoted(written)
    wrong = (f"'{shown}' is no number that is clear", f"'{shown}' bukan angka yang jelas")
    fix = (
        "digits without thousands separators, e.g. 1000 or 2,5",
        "angka tanpa pemisah ribuan, contoh: 1000 atau 2,5",
    )
    _wrong(line, "quantity", wrong, fix, errors)
    return None


def _result(line: Line, results: Mapping[str, object], errors: FileErrors) -> object:
    written = line.get("result")
    if not written or written == "-":
        return None
    if (found := results.get(said(written))) is None:
        shown = quoted(written)
        wrong = (f"'{shown}' is no result of your plan", f"'{shown}' bukan hasil kerja dalam rencana Anda")
        fix = ("copy it from your plan, or leave the cell empty", "salin dari rencana Anda, atau kosongkan sel ini")
        _wrong(line, "result", wrong, fix, errors)
    return found


def note_outside(line: Line, period: tuple[date, date], errors: FileErrors) -> None:
    """The day is not in the period of this plan."""
    first, last = period
    wrong = (f"the plan is for {first} to {last}", f"rencana ini untuk {first} sampai {last}")
    fix = (
        "send this line to the plan of its own period, or delete it",
        "kirim baris ini ke rencana periodenya, atau hapus",
    )
    _wrong(line, "day", wrong, fix, errors)


def note_untimely(line: Line, faults: Sequence[tuple[str, str, str]], errors: FileErrors) -> None:
    """What the log refuses of an entry, at its cell."""
    for field, english, indonesian in faults:
        if field == "late_reason":
            fix = (
                f"fill the column '{NAMES[field][0]}', or give one reason for the whole file",
                f"isi kolom '{NAMES[field][0]}', atau beri satu alasan untuk seluruh berkas",
            )
        else:
            fix = ("correct the date, or delete the line", "perbaiki tanggalnya, atau hapus baris ini")
        _wrong(line, field if field in line.fields else "day", (english, indonesian), fix, errors)
