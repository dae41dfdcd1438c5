"""One's own results: what came out, why, and what may be done about it."""
