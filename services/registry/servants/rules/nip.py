"""The eighteen digits of a NIP (PNS) or NI PPPK: birth date, appointment, sex, serial."""

from datetime import date

from services.registry.servants.rules.positions import EmploymentType

LENGTH = 18
FIRST_CONTRACT = 21
"""Digits 13-14 of an NI PPPK count contracts from 21; they are no month."""

Words = tuple[str, str]
"""English and Indonesian."""


def tidy(text: str) -> str:
    """Without the spaces of the printed form ``19641215 199003 1 009``."""
    return "".join(text.split())


def wrong_with(nip: str, employment: EmploymentType | None) -> tuple[Words, Words] | None:
    """What is wrong with a tidy NIP and how to fix it, or None."""
    if len(nip) != LENGTH or not (nip.isascii() and nip.isdigit()):
        digits = nip.isascii() and nip.isdigit()
        found = f"has {len(nip)} digits, not {LENGTH}" if digits else "has other characters than digits"
        berisi = f"berisi {len(nip)} digit, bukan {LENGTH}" if digits else "berisi karakter selain angka"
        return (
            (f"NIP '{nip}' {found}", f"NIP '{nip}' {berisi}"),
            ("enter all 18 digits; spaces do no harm", "isi lengkap 18 digit; spasi tidak masalah"),
        )
    return _birth(nip) or _appointment(nip, employment) or _sex(nip) or _serial(nip)


def doubtful(nip: str, employment: EmploymentType | None) -> tuple[Words, Words] | None:
    """What may be, but should be looked at: the number of a PPPK that is built like that of a PNS."""
    part = int(nip[12:14])
    if employment is EmploymentType.PPPK and part < FIRST_CONTRACT:
        return (
            (
                f"NIP {nip}: digits 13-14 of a PPPK begin at {FIRST_CONTRACT}, not {part:02d}",
                f"NIP {nip}: digit 13-14 PPPK mulai dari {FIRST_CONTRACT}, bukan {part:02d}",
            ),
            (
                "check the number, or set employment_type to PNS",
                "periksa nomornya, atau isi employment_type dengan PNS",
            ),
        )
    return None


def _birth(nip: str) -> tuple[Words, Words] | None:
    if _is_date(nip[:4], nip[4:6], nip[6:8]):
        return None
    birth = f"{nip[:4]}-{nip[4:6]}-{nip[6:8]}"
    return (
        (f"NIP {nip}: the birth date {birth} does not exist", f"NIP {nip}: tanggal lahir {birth} tidak ada"),
        ("digits 1-8 are year, month and day of birth", "digit 1-8 adalah tahun, bulan, dan tanggal lahir"),
    )


def _appointment(nip: str, employment: EmploymentType | None) -> tuple[Words, Words] | None:
    month = int(nip[12:14])
    if employment is EmploymentType.PNS and not 1 <= month <= 12:
        return (
            (
                f"NIP {nip}: the appointment month {month:02d} does not exist",
                f"NIP {nip}: bulan pengangkatan {month:02d} tidak ada",
            ),
            (
                "digits 13-14 of a PNS are a month; from 21 on it is a PPPK, then set employment_type to PPPK",
                "digit 13-14 PNS adalah bulan; mulai 21 berarti PPPK, maka isi employment_type dengan PPPK",
            ),
        )
    return None


def _sex(nip: str) -> tuple[Words, Words] | None:
    if nip[14] in "12":
        return None
    return (
        (f"NIP {nip}: digit 15 is {nip[14]}, not 1 or 2", f"NIP {nip}: digit ke-15 adalah {nip[14]}, bukan 1 atau 2"),
        ("1 is male, 2 is female", "1 laki-laki, 2 perempuan"),
    )


def _serial(nip: str) -> tuple[Words, Words] | None:
    """Serials count from 001; three zeros are what a spreadsheet leaves of the last of eighteen digits."""
    if nip[15:] != "000":
        return None
    return (
        (
            f"NIP {nip}: the serial 000 cannot exist; a spreadsheet keeps fifteen of eighteen digits",
            f"NIP {nip}: nomor urut 000 tidak mungkin; lembar kerja hanya menyimpan lima belas dari delapan belas digit",
        ),
        (
            "format the column as text and take the numbers from their source again",
            "ubah format kolom menjadi teks dan ambil kembali nomor dari sumbernya",
        ),
    )


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
