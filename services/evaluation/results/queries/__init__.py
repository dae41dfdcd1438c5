"""Results: what can be read."""
