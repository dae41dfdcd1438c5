"""How much is read of the files that people send: every limit once, with what is said to whoever goes over it.

Each is far above what an honest city sends (100,000 people are some 20 MB of CSV, 60 MB of unpacked XLSX) and far below
what would fill a machine: what reads files needs as much memory as these limits allow, whatever a file holds.
"""

from dataclasses import dataclass

from kit.files.errors import FileErrors, Place

_SMALLER = ("send the places of the city one by one, or only what changed", "kirim per bagian, atau hanya yang berubah")
_SHEET = (
    "delete what is no table from the first sheet, or save it as CSV UTF-8",
    "hapus isi yang bukan tabel dari lembar pertama, atau simpan sebagai CSV UTF-8",
)
_POLICY = ("a policy needs far less: remove what is no rule", "kebijakan jauh lebih kecil: hapus yang bukan aturan")


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that there may be of something."""

    most: int
    counted: tuple[str, str]
    """What is counted, in English and Indonesian."""
    fix: tuple[str, str]

    def note(self, place: Place, errors: FileErrors, *, ends: bool = False) -> None:
        """Say that there is more; with ``ends`` the file is read no further."""
        most = f"{self.most:,}"
        wrong = (
            f"there are more than {most} {self.counted[0]}",
            f"lebih dari {most.replace(',', '.')} {self.counted[1]}",
        )
        errors.add(place, wrong, self.fix, ends=ends)


FILES = Limit(10, ("files in one import", "berkas dalam satu impor"), _SMALLER)
FILE_BYTES = Limit(50_000_000, ("bytes in this file", "bita dalam berkas ini"), _SMALLER)
ALL_BYTES = Limit(80_000_000, ("bytes in all files up to this one", "bita sampai dengan berkas ini"), _SMALLER)
UNPACKED_BYTES = Limit(
    250_000_000, ("bytes in this workbook once unpacked", "bita dalam buku kerja ini setelah dibuka"), _SHEET
)
PARTS = Limit(1_000, ("parts in this workbook", "bagian dalam buku kerja ini"), _SHEET)
LINES = Limit(1_048_576, ("lines in this table, blank ones included", "baris dalam tabel ini, termasuk kosong"), _SHEET)
ROWS = Limit(150_000, ("rows in this table", "baris isi dalam tabel ini"), _SMALLER)
UNITS = Limit(10_000, ("units in this table", "unit dalam tabel ini"), _SMALLER)
DAYS = Limit(2_000, ("days in this table", "hari dalam tabel ini"), _SMALLER)
COMPETENCES = Limit(20_000, ("competences in this table", "kompetensi dalam tabel ini"), _SMALLER)
CHANGES = Limit(2_000, ("changes of personnel in one import", "perubahan kepegawaian dalam satu impor"), _SMALLER)
COLUMNS = Limit(100, ("columns on this line", "kolom pada baris ini"), _SHEET)
CELLS = Limit(
    20_000_000, ("cells in this table, blank ones included", "sel dalam tabel ini, termasuk yang kosong"), _SHEET
)
CELL = Limit(
    500, ("characters in this cell", "karakter dalam sel ini"), ("shorten it, or close a quotation mark", "persingkat")
)
LONG_CELL = Limit(4_000, ("characters in this cell", "karakter dalam sel ini"), ("shorten it", "persingkat"))
DOCUMENT = Limit(250_000, ("characters in this document", "karakter dalam dokumen ini"), _POLICY)
VALUES = Limit(10_000, ("keys and values in this document", "kunci dan nilai dalam dokumen ini"), _POLICY)
DEPTH = Limit(20, ("levels inside one another here", "tingkat bersarang di sini"), _POLICY)
TEXT = Limit(2_000, ("characters in this value", "karakter dalam nilai ini"), ("shorten it", "persingkat"))
DIGITS = Limit(
    15, ("digits in this number", "digit dalam angka ini"), ("round it, or write it as a text", "bulatkan, atau teks")
)
NUMBER = Limit(
    100_000,
    ("as this number counts", "sebagai nilai angka ini"),
    ("no rule counts that far: check the zeros", "tidak ada aturan sebesar itu: periksa nolnya"),
)
