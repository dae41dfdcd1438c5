"""A rater's team: full, empty, filtered, and the plans that wait."""

PAGES: list[tuple[str, str]] = [
    ("kabid_a", "/tim"),
    ("ani", "/tim"),
    ("kadis", "/tim?cabang=1&terlambat=1&urut=name"),
    ("kabid_a", "/tim/rencana"),
    ("kabid_a", "/tim/bimbingan"),
    ("kabid_a", "/permintaan"),
    ("ani", "/bimbingan"),
]
