"""Values that the place set itself."""

PAGES: list[tuple[str, str]] = [("inspektur", "/audit/penyimpangan"), ("petugas", "/audit/penyimpangan")]
