"""The search for somebody's history, empty and with hits."""

PAGES: list[tuple[str, str]] = [
    ("inspektur", "/riwayat"),
    ("inspektur", "/riwayat?q=kabid"),
    ("petugas", "/riwayat?q=tidak-ada"),
]
