"""Reports of results: the HTTP door."""
