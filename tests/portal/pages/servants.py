"""What every civil servant has: results, feedback, ideas, requests, initiatives, notices, who looked, the own record."""

_PATHS = (
    *("/hasil", "/lainnya", "/umpan-balik", "/umpan-balik/baru", "/ide", "/ide/baru", "/dukungan"),
    *(
        "/dukungan/baru",
        "/inisiatif",
        "/inisiatif/baru",
        "/pengembangan",
        "/pesan",
        "/siapa-melihat",
        "/saya",
        "/permintaan",
    ),
)
PAGES: list[tuple[str, str]] = [("ani", path) for path in _PATHS]
