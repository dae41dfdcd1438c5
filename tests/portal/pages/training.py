"""Sessions and the organisation, as the office and everybody see them."""

PAGES: list[tuple[str, str]] = [
    ("petugas", "/pengelola/sosialisasi"),
    ("petugas", "/pengelola/unit"),
    ("ani", "/belajar"),
]
