"""The office's desk and its search, full and empty."""

PAGES: list[tuple[str, str]] = [
    ("petugas", "/pengelola"),
    ("petugas", "/pengelola/siklus/baru"),
    ("petugas", "/pengelola/impor"),
    ("petugas", "/pengelola/permintaan"),
    *(("petugas", f"/pengelola/{one}") for one in ("perubahan", "perubahan?keadaan=APPLIED", "perpindahan")),
    ("petugas", "/pengelola/tanggapan"),
    ("petugas", "/pengelola/orang"),
    ("petugas", "/pengelola/orang?q=a"),
    ("petugas", "/pengelola/orang?q=tidak-ada"),
]
