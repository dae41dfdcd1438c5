"""A reviewing authority's branch, full and empty."""

PAGES: list[tuple[str, str]] = [("kadis", "/cabang"), ("ani", "/cabang")]
