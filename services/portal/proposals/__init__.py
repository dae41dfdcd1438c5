"""Proposals after final results: read by kind and state, decided many at once, with the outcome of each."""
