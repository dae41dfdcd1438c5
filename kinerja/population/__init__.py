"""Synthetic people for a place: names of the region, a hierarchy of any size, numbers that nobody can have."""
