"""Lists of raters and panels; what needs a person of a certain day is in the rooms' own tests."""

PAGES: list[tuple[str, str]] = [
    ("kabid_a", "/kunjungan"),
    ("ani", "/kunjungan"),
]
