"""Results: what can be done."""
