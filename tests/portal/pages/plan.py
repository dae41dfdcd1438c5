"""One's own plan, as it is before anything is written."""

PAGES: list[tuple[str, str]] = [("ani", "/rencana"), ("petugas", "/rencana")]
