"""Moves between cities: each of the two offices records its own part, and neither reads the other's people."""
