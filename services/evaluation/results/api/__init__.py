"""Results: the HTTP door."""
