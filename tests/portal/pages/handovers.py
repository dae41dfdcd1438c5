"""Who rates during a leave, and who steps back: before anything is arranged."""

PAGES: list[tuple[str, str]] = [("kabid_a", "/tim/serah-terima"), ("ani", "/benturan")]
