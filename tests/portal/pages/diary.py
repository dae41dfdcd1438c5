"""Pages of the daily log."""

PAGES: list[tuple[str, str]] = [
    ("ani", "/catatan"),
    ("ani", "/catatan?sejak=2025-11-01"),
    ("petugas", "/catatan"),
    ("ani", "/catatan/berkas"),
]
