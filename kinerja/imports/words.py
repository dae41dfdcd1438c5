"""What the command says, in both languages."""

_SAID = {
    "sheet": ("lembar", "sheet"),
    "row": ("baris", "row"),
    "column": ("kolom", "column"),
    "field": ("isian", "field"),
    "why": ("alasan", "why"),
    "chosen": ("dipilih dengan --map", "chosen by --map"),
    "confirm": (
        "Benar begitu? Pilihan ini diingat untuk kota ini.",
        "Is that right? It is remembered for this city.",
    ),
    "meaning": ("Artinya (kosong: belum dijawab, -: tidak ada)", "It means (empty: no answer, -: nothing)"),
    "unconfirmed": (
        "Arti kolom belum dikonfirmasi; tidak ada yang diubah. Ulangi dengan --yes, atau ubah dengan --map KOLOM=isian.",
        "What the columns mean is not confirmed; nothing was changed. Confirm with --yes, or change it: --map COLUMN=field.",
    ),
    "missing": ("Tidak ada kolom untuk", "No column gives"),
    "remembered": ("Arti kolom diingat untuk", "What the columns mean is remembered for"),
    "normalised": ("Dibaca sebagai", "Read as"),
    "rows": ("baris", "rows"),
    "passed": ("Dilewati, bukan pegawai", "Passed over, no people"),
    "warnings": ("Perlu dilihat", "To be looked at"),
    "more": ("lagi", "more"),
    "rehearsal": ("uji coba, tidak ada yang diubah", "rehearsal, nothing was changed"),
    "answer": (
        "Jawab dengan --answer isian:NILAI=arti, contoh: --answer position_kind:Struktural=PENGAWAS",
        "Answer with --answer field:VALUE=meaning, e.g. --answer position_kind:Struktural=PENGAWAS",
    ),
}


def say(name: str, language: str) -> str:
    """In this language, ``id`` or ``en``."""
    return _SAID[name][language == "en"]
